/** Why a transfer ended without delivering the file. */
export type EndReason =
  | 'declined'
  /** By this side. */
  | 'cancelled'
  /** By the peer. */
  | 'cancelledThere'
  /** The received bytes differ from the sent ones. */
  | 'tampered'
  /** The peer violated its own offer. */
  | 'misbehaved'
  /** The sender's file can no longer be read. */
  | 'unreadable'
  /** The receiver's disk refused it. */
  | 'unwritable'
  /** The peer left, or the connection did not come back. */
  | 'left';

/** What is known of a file before any of it has arrived. The name is clean, see `cleanName`. */
export interface FileFacts {
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  /** MIME type; empty when unknown. */
  readonly media: string;
  /** The folders that contain it, outermost first; clean as well. */
  readonly path: readonly string[];
}

/** How far a transfer is. `bytes`: what the receiver is known to have. */
export type TransferState =
  | { readonly phase: 'offered' }
  /** Accepted; waiting for its turn or for the connection. */
  | { readonly phase: 'waiting'; readonly bytes: number }
  | { readonly phase: 'running'; readonly bytes: number }
  /** The connection broke; the transfer resumes by itself. */
  | { readonly phase: 'paused'; readonly bytes: number }
  /** `file`: what the receiver has yet to save; null where it is already in place, and for the sender. */
  | { readonly phase: 'done'; readonly file: Blob | null }
  | { readonly phase: 'ended'; readonly reason: EndReason };

export type TransferEvent =
  | { readonly type: 'accepted'; readonly offset: number }
  | { readonly type: 'started'; readonly offset: number }
  | { readonly type: 'progressed'; readonly bytes: number }
  | { readonly type: 'interrupted' }
  | { readonly type: 'finished'; readonly file: Blob | null }
  | { readonly type: 'ended'; readonly reason: EndReason };

/**
 * Where received bytes are put: `chosen` by the person, the browser's own disk space (`private`), `memory`, or nowhere
 * because the file is too large (`none`).
 */
export type Place = 'chosen' | 'private' | 'memory' | 'none';

/** One file on its way to or from one member. */
export interface Transfer {
  /** Unique among the transfers of this page. */
  readonly key: string;
  /** The sender's id for it. */
  readonly id: string;
  /** The key of the offering that it belongs to. Several members may be offered one file; an incoming transfer is alone. */
  readonly offering: string;
  readonly direction: 'in' | 'out';
  /** The session of the peer. */
  readonly session: string;
  readonly name: string;
  readonly file: FileFacts;
  /** Where it would go; `none` for outgoing files. */
  readonly place: Place;
  /** When it was offered, in ms since the epoch by this device's clock. */
  readonly at: number;
  readonly state: TransferState;
}

/** The key of a transfer. A member gives each transfer of theirs another id. */
export const keyOf = (direction: Transfer['direction'], session: string, id: string): string =>
  `${direction}-${session}-${id}`;

export const isOver = ({ phase }: TransferState): boolean => phase === 'done' || phase === 'ended';

/** Accepted and not over: leaving now would interrupt it. */
export const isUnderWay = (state: TransferState): boolean => state.phase !== 'offered' && !isOver(state);

/**
 * The state after an event; the same object when the event has no meaning there. `done` and `ended` are final, and progress
 * never exceeds `size`, in bytes.
 */
export function transition(state: TransferState, event: TransferEvent, size: number): TransferState {
  if (isOver(state)) return state;
  switch (event.type) {
    case 'accepted':
      return isWithin(event.offset, size) ? { phase: 'waiting', bytes: event.offset } : state;
    case 'started':
      return state.phase !== 'offered' && isWithin(event.offset, size)
        ? { phase: 'running', bytes: event.offset }
        : state;
    case 'progressed':
      return state.phase === 'running' && event.bytes > state.bytes && isWithin(event.bytes, size)
        ? { phase: 'running', bytes: event.bytes }
        : state;
    case 'interrupted':
      return state.phase === 'running' || state.phase === 'waiting'
        ? { phase: 'paused', bytes: state.bytes }
        : state;
    case 'finished':
      return state.phase === 'offered' ? state : { phase: 'done', file: event.file };
    case 'ended':
      return { phase: 'ended', reason: event.reason };
  }
}

const isWithin = (bytes: number, size: number) => Number.isSafeInteger(bytes) && bytes >= 0 && bytes <= size;

/** A transfer that can't go on. */
export class TransferError extends Error {
  override readonly name = 'TransferError';

  constructor(
    /** `interrupted` is not final: the transfer continues over another channel. */
    readonly reason: EndReason | 'interrupted',
    options?: ErrorOptions,
  ) {
    super(reason, options);
  }
}
