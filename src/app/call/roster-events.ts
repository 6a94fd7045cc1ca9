import type { AnsweredLink } from '../links/answered-link';
import type { LinkState } from '../links/link';
import type { LeaseTerms } from '../signaling/lease';
import type { CallRecord, LinkRecord, Seat } from '../signaling/records';
import type { Notice, TurnedAway, Waiting } from './call-state';

/** The seat this member has taken. */
export interface Seated {
  readonly number: number;
  readonly name: string;
  /** When the seat was taken, by `elapsed`, in ms. */
  readonly since: number;
  readonly call: CallRecord;
  /** The terms of the lease that came with the seat. */
  readonly lease: LeaseTerms;
  /** This member has just created the call. */
  readonly created?: true;
}

/** Something that changes who is in the call. */
export type RosterEvent =
  /** The call's record was read; null when the call is missing. */
  | { readonly type: 'call'; readonly call: CallRecord | null }
  /** The seats have changed, or one of their leases has expired. */
  | { readonly type: 'seats'; readonly seats: readonly Seat[] }
  /** The offers at the seat that this member holds or will take have changed; null while there is no such seat. */
  | { readonly type: 'offers'; readonly seat: number | null; readonly offers: readonly LinkRecord[] }
  | { readonly type: 'answered'; readonly links: readonly AnsweredLink[] }
  | { readonly type: 'offered'; readonly links: readonly LinkState[] }
  /** This member has taken a seat. */
  | { readonly type: 'seated'; readonly seated: Seated }
  /** A member said `bye`. */
  | { readonly type: 'left'; readonly session: string }
  /** A member was not heard for 30 s. */
  | { readonly type: 'lost'; readonly session: string }
  /** A link to a member is connected. */
  | { readonly type: 'found'; readonly session: string }
  /** Whether Firestore is reachable. */
  | { readonly type: 'reached'; readonly reached: boolean }
  /** The call's record has changed since this member took the seat; `byHost`: the host says so, or is this member. */
  | { readonly type: 'changed'; readonly call: CallRecord; readonly byHost?: boolean }
  /** The guests who wait for an answer. */
  | { readonly type: 'waiting'; readonly waiting: readonly Waiting[] }
  /** This member, the host, has removed or refused a person. */
  | { readonly type: 'turned-away'; readonly person: TurnedAway }
  /** This member has let a person in. */
  | { readonly type: 'let-in'; readonly id: string }
  /** The links have been calm for long enough to publish a standing offer. */
  | { readonly type: 'settled' }
  /** Withheld newcomers have been waited for long enough. */
  | { readonly type: 'waited' }
  /** Something else to tell the person. */
  | { readonly type: 'notice'; readonly notice: Notice };
