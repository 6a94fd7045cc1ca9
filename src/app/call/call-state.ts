import type { SignInReason } from '../firebase/sign-in-reason';
import type { InputKind } from '../media/media';
import type { Refusal } from '../rtc/refusal';

/**
 * Why a call can't go on or can't begin. Pages look the words up by this reason.
 *
 * - `offline`: no network, or Firestore out of reach
 * - `forbidden`: the security rules refused
 * - `quota`: the project's Firestore quota is used up
 * - `configuration`: the site has no Firebase configuration
 * - `tampered`: what others wrote can't be opened with this call's key
 * - `removed`: the creator emptied the seat, or somebody took it after the lease ran out
 * - `unsupported`: the browser lacks what a call needs (`missing` names it)
 * - `insecure`: the page is not a secure context, so there is no camera, microphone or encryption
 * - `unavailable`: anything else that went wrong on the way to Firestore
 * - the rest: signing in was refused
 */
export type CallReason =
  | SignInReason
  | 'offline'
  | 'forbidden'
  | 'quota'
  | 'configuration'
  | 'tampered'
  | 'removed'
  | 'unsupported'
  | 'insecure'
  | 'unavailable';

/** A failure of the call. Carries a closed reason and the cause, never text for people. */
export class CallError extends Error {
  override readonly name = 'CallError';

  constructor(
    readonly reason: CallReason,
    options?: ErrorOptions & { readonly missing?: readonly string[] },
  ) {
    super(reason, options);
    this.missing = options?.missing ?? [];
  }

  /** For `unsupported`: the interfaces that are missing, by their standard names. */
  readonly missing: readonly string[];
}

/** How the connection to one member is doing. */
export type LinkStatus =
  | 'waiting' // no offer or answer yet
  | 'connecting'
  | 'connected'
  | 'reconnecting'
  | 'failed';

/** Two members have no codec in common for a kind of media (RFC 8829, section 5.3.1). */
export interface CodecMismatch {
  readonly kind: 'audio' | 'video';
  /** MIME types this browser can use, most wanted first. */
  readonly ours: readonly string[];
  /** MIME types the other side offered or accepts. */
  readonly theirs: readonly string[];
}

/** Why there is no connection to a member: no way is found, or the two programs don't understand each other. */
export type Obstacle = NetworkObstacle | 'handshake' | Refusal;

/**
 * Why no way to a member is found.
 *
 * - `hidden`: this side hides its address, and the site has no relay to hide it behind
 * - `noRelay`: there is no direct way, and the site has no relay
 * - `relayUnreachable`: this side can't reach the relay
 * - `relayRefused`: the relay does not take this side's credentials
 * - `theirRelay`: this side has a relay, the other has none, and they don't meet
 * - `blocked`: there is a relay, and yet nothing gets through
 */
export type NetworkObstacle = (typeof obstacles)[number];

export const obstacles = [
  'hidden',
  'noRelay',
  'relayUnreachable',
  'relayRefused',
  'theirRelay',
  'blocked',
] as const;

/** Whether another network, or this one looked at closer, may help. */
export const isOfNetwork = (obstacle: Obstacle): obstacle is NetworkObstacle =>
  (obstacles as readonly Obstacle[]).includes(obstacle);

/** Somebody else in the call. */
export interface Member {
  readonly session: string;
  readonly seat: number;
  /** The name on the card; empty when there is none or it did not open. */
  readonly name: string;
  readonly status: LinkStatus;
  /** What they send. The stream object stays the same for one link; tracks come and go within it. */
  readonly stream: MediaStream | null;
  /** As they said over the control channel: whether they send sound and picture. */
  readonly microphone: boolean;
  readonly camera: boolean;
  /** Set when there is no common codec for sound or picture. */
  readonly mismatch: CodecMismatch | null;
  /** Set when connecting takes long. */
  readonly obstacle: Obstacle | null;
}

/** Something worth one sentence in the status region and a snack bar. */
export type Notice =
  | { readonly kind: 'joined'; readonly name: string }
  | { readonly kind: 'left'; readonly name: string }
  | { readonly kind: 'lost'; readonly name: string } // lease ran out, no farewell
  | { readonly kind: 'tampered'; readonly count: number }
  | { readonly kind: 'unsaved' } // what the host asked for did not reach the database
  | { readonly kind: 'device'; readonly device: InputKind };

/** What is known in a call, and while its door is being gone through. */
interface Inside {
  readonly session: string;
  readonly name: string;
  /** How many seats the call has. */
  readonly seats: number;
  /** Whether this person created the call, and so may close it and empty seats. */
  readonly creator: boolean;
  /** Whether newcomers may take seats. */
  readonly open: boolean;
  readonly members: readonly Member[];
  /** `false` while Firestore is out of reach; a running call goes on. */
  readonly signaling: boolean;
}

/** Where a person is between opening a link and leaving. */
export type CallState =
  | { readonly phase: 'opening' }
  /** No call under this code, or not yet: moves on by itself when somebody starts it. */
  | { readonly phase: 'absent' }
  /** Ready to join. `fresh`: joining creates the call. `others`: those inside. */
  | { readonly phase: 'prejoin'; readonly fresh: boolean; readonly others: readonly Member[] }
  /** Live too: moves to `prejoin` when a seat is freed or the call is opened. */
  | { readonly phase: 'full' }
  | { readonly phase: 'closed' }
  | { readonly phase: 'expired' }
  | { readonly phase: 'joining'; readonly fresh: boolean }
  /** The seat is asked for and the way to the others is being tried; mostly `seated` follows. */
  | (Inside & { readonly phase: 'entering' })
  | (Inside & {
      readonly phase: 'seated';
      readonly seat: number;
      /** When the seat was taken, by `elapsed`, in ms. */
      readonly since: number;
    })
  | { readonly phase: 'left'; readonly duration: number }
  | { readonly phase: 'failed'; readonly error: CallError };
