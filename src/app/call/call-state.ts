import type { SignInReason } from '../firebase/sign-in-reason';
import type { InputKind } from '../media/media';
import type { Door } from '../signaling/records';
import type { CodecMismatch, LinkStatus, Obstacle } from '../links/link-status';

export { isOfNetwork, obstacles } from '../links/link-status';
export type { Door } from '../signaling/records';
export type { CodecMismatch, LinkStatus, NetworkObstacle, Obstacle } from '../links/link-status';

/**
 * Why a call can't begin or can't go on. Pages look up the text by this reason.
 *
 * - `offline`: no network, or Firestore is unreachable
 * - `forbidden`: the security rules refused
 * - `quota`: the project's Firestore quota is used up
 * - `configuration`: the site has no Firebase configuration
 * - `tampered`: data from other members can't be decrypted with this call's key
 * - `outdated`: the call has a `mode` that this version of the app doesn't know
 * - `removed`: the host emptied the seat, or another member took it after the lease ran out
 * - `ended`: the host ended the call for all
 * - `unsupported`: the browser lacks what a call needs (`missing` names it)
 * - `insecure`: the page is not a secure context, so there is no camera, microphone or encryption
 * - `unavailable`: any other failure
 * - the rest: sign-in was refused
 */
export type CallReason =
  | SignInReason
  | 'offline'
  | 'forbidden'
  | 'quota'
  | 'configuration'
  | 'tampered'
  | 'outdated'
  | 'removed'
  | 'ended'
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

  /** For `unsupported`: the missing interfaces, by their standard names. */
  readonly missing: readonly string[];
}

/** Another member of the call. */
export interface Member {
  readonly session: string;
  readonly seat: number;
  /** The name on the card; empty when there is none or it can't be decrypted. */
  readonly name: string;
  readonly status: LinkStatus;
  /** What the member sends. The stream object stays the same for one link; tracks come and go within it. */
  readonly stream: MediaStream | null;
  /** Whether the member sends audio and video, as reported over the control channel. */
  readonly microphone: boolean;
  readonly camera: boolean;
  /** Set when there is no common codec for audio or video. */
  readonly mismatch: CodecMismatch | null;
  /** Set when connecting takes long. */
  readonly obstacle: Obstacle | null;
}

/** A guest who has knocked and waits for an answer. */
export interface Waiting {
  /** The guest's uid; `admit` and `refuse` take it. */
  readonly id: string;
  /** The name on the guest's card; empty when there is none or it can't be decrypted. */
  readonly name: string;
  /** When this page learned of the knock, by `elapsed`, in ms. */
  readonly since: number;
}

/** What became of a request: `decided` if another member had already answered that guest. */
export type Outcome = 'done' | 'decided' | 'failed';

/** A person whom this member, the host, has removed or refused. */
export type TurnedAway = Pick<Waiting, 'id' | 'name'>;

/** An event worth one sentence in the status region and a snack bar. */
export type Notice =
  | { readonly kind: 'joined'; readonly name: string }
  | { readonly kind: 'left'; readonly name: string }
  | { readonly kind: 'lost'; readonly name: string } // not heard, or the lease ran out, without a `bye`
  | { readonly kind: 'tampered'; readonly count: number }
  | { readonly kind: 'unsaved' } // a change of the call that this member made could not be saved
  | { readonly kind: 'asked'; readonly id: string; readonly name: string } // a guest knocked
  | { readonly kind: 'mute'; readonly name: string } // the host, of this name, asks this member to mute the microphone
  | { readonly kind: 'host'; readonly name: string | null } // another host: the name, null for this member
  | { readonly kind: 'device'; readonly device: InputKind };

/** What is known in a call, and while entering it. */
interface Inside {
  readonly session: string;
  readonly name: string;
  /** Number of seats in the call. */
  readonly seats: number;
  /** Whether this person is the host, who may set the door and the seats, remove members, hand the role on and end the call. */
  readonly isHost: boolean;
  /** Session of the host, this member's own included; null while no host is in the call. */
  readonly host: string | null;
  readonly door: Door;
  /** The guests who wait for an answer, the longest first. */
  readonly waiting: readonly Waiting[];
  /** The people whom this member, the host, has removed or refused and not let in since, the latest last. */
  readonly turnedAway: readonly TurnedAway[];
  readonly members: readonly Member[];
  /** `false` while Firestore is unreachable; a running call continues. */
  readonly signaling: boolean;
}

/** Where a person is between opening a link and leaving. */
export type CallState =
  | { readonly phase: 'opening' }
  /** No call under this code yet; changes by itself when the call is created. */
  | { readonly phase: 'absent' }
  /**
   * Ready to join. `fresh`: joining creates the call. `asks`: joining knocks, and a member decides. `others`: the members in
   * the call.
   */
  | {
      readonly phase: 'prejoin';
      readonly fresh: boolean;
      readonly asks: boolean;
      readonly others: readonly Member[];
    }
  /** Has knocked and waits; `joining` follows by itself once a member admits this person. */
  | { readonly phase: 'knocking'; readonly name: string }
  /** A member refused the knock, or the host removed this person; `prejoin` follows if a member admits them after all. */
  | { readonly phase: 'refused' }
  /** Updates live too: changes to `prejoin` when a seat is freed or the call is opened. */
  | { readonly phase: 'full' }
  | { readonly phase: 'closed' }
  | { readonly phase: 'expired' }
  | { readonly phase: 'joining'; readonly fresh: boolean }
  /** The request for the seat is in flight and connecting has begun; usually `seated` follows. */
  | (Inside & { readonly phase: 'entering' })
  | (Inside & {
      readonly phase: 'seated';
      readonly seat: number;
      /** When the seat was taken, by `elapsed`, in ms. */
      readonly since: number;
    })
  | { readonly phase: 'left'; readonly duration: number }
  | { readonly phase: 'failed'; readonly error: CallError };
