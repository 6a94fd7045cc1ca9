/** Why a transfer came to nothing. */
export type EndReason =
  | 'declined'
  /** By this side. */
  | 'cancelled'
  /** By the other side. */
  | 'cancelledThere'
  /** What arrived is not what was sent. */
  | 'tampered'
  /** The other side did not keep to what it offered. */
  | 'misbehaved'
  /** The sender's file can't be read any more. */
  | 'unreadable'
  /** The receiver's disk did not take it. */
  | 'unwritable'
  /** The other side left, or no connection came about again. */
  | 'left';

/** What is known of a file before any of it is there. The name is clean, see `cleanName`. */
export interface FileFacts {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** MIME type; empty when unknown. */
  readonly media: string;
  /** The folders it lies in, outermost first; clean as well. */
  readonly path: readonly string[];
}

/** How far a transfer is. `bytes`: what the receiver is known to have. */
export type TransferState =
  | { readonly phase: 'offered' }
  /** Accepted; a turn or the connection is waited for. */
  | { readonly phase: 'waiting'; readonly bytes: number }
  | { readonly phase: 'running'; readonly bytes: number }
  /** The connection broke; it goes on by itself. */
  | { readonly phase: 'paused'; readonly bytes: number }
  /** `file`: what the receiver has yet to save; null where it lies already, and for the sender. */
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
 * Where what arrives is put: `chosen` by the person, the browser's own disk space (`private`), `memory`, or nowhere, as it
 * is too large (`none`).
 */
export type Place = 'chosen' | 'private' | 'memory' | 'none';

/** One file on its way to or from one member. */
export interface Transfer {
  /** Tells it from all others of this page. */
  readonly key: string;
  /** The offerer's name for it. */
  readonly id: string;
  readonly direction: 'in' | 'out';
  /** The other side. */
  readonly session: string;
  readonly name: string;
  readonly file: FileFacts;
  /** Where it would go; `none` for what goes out. */
  readonly place: Place;
  readonly state: TransferState;
}

export const isOver = ({ phase }: TransferState): boolean => phase === 'done' || phase === 'ended';

/** Accepted and not over: leaving now would cut it off. */
export const isUnderWay = (state: TransferState): boolean => state.phase !== 'offered' && !isOver(state);

/**
 * The state after an event; the same object when the event has no meaning there. Nothing follows `done` and `ended`, and
 * nobody's progress exceeds `size`, in bytes.
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
    /** `interrupted` is no end: the transfer goes on over another channel. */
    readonly reason: EndReason | 'interrupted',
    options?: ErrorOptions,
  ) {
    super(reason, options);
  }
}
