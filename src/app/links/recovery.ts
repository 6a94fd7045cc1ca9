import type { LinkRole } from '../rtc/link-role';

/**
 * State of a link's recovery: how far the link has degraded and what is being done about it. docs/protocol.md, "Recovery",
 * has this as a diagram.
 *
 * - `waiting`: the offer has no answer, or the answer has not been sent
 * - `connecting`: both descriptions are known, the first connection is being made
 * - `well`: the peer is heard
 * - `silent`: the peer is not heard, which often heals by itself
 * - `channel`: an ICE restart is offered over the control channel
 * - `renewing`: the same while the peer is heard; its answer will show whether it hears this side
 * - `signaling`: the restart is also offered as the next revision of the link's document, until it is answered
 * - `checking`: the restart was answered, and the new candidates are being checked
 * - `lost`: nothing helped; the offerer makes a new link
 */
export type RecoveryStep =
  'waiting' | 'connecting' | 'well' | 'silent' | 'channel' | 'renewing' | 'signaling' | 'checking' | 'lost';

export interface Recovery {
  /** Only the offerer may write the next revision, and only the offerer makes a new link. */
  readonly role: LinkRole;
  readonly step: RecoveryStep;
  /** Number of ICE restarts requested; each increase triggers one. */
  readonly restarts: number;
  /** Nothing arrives from the peer. Packets from the peer don't prove that it hears this side. */
  readonly silent: boolean;
}

/**
 * - `described`: both first descriptions are known
 * - `heard`, `silent`: something arrived, nothing arrived for 2 s
 * - `failed`: ICE gave up
 * - `changed`: the network changed or came back, the computer woke, or a path without a relay was found unused
 * - `answered`: the last restart was answered, over the control channel or through the document
 * - `elapsed`: the step timed out
 */
export type RecoveryEvent = 'described' | 'heard' | 'silent' | 'failed' | 'changed' | 'answered' | 'elapsed';

/** Timeout from both descriptions to hearing the peer, at first and after a restart through the document, in ms. */
const CONNECT = 15_000;
/** How long a silence may heal by itself, in ms. The answerer leaves the first attempt to the offerer. */
const HEAL: Readonly<Record<LinkRole, number>> = { offerer: 500, answerer: 4_000 };
/** Timeout for offer and answer over the control channel, in ms. */
const CHANNEL = 2_000;
/** The same while the peer is heard, in ms: Chromium retransmits lost data of a channel at most 3 s apart. */
const RENEW = 3_500;

export const newRecovery = (role: LinkRole): Recovery => ({
  role,
  step: 'waiting',
  restarts: 0,
  silent: false,
});

/** Time on a step before `elapsed`, in ms; null when only other events leave the step. */
export function patience({ role, step }: Recovery): number | null {
  switch (step) {
    case 'connecting':
    case 'checking':
      return CONNECT;
    case 'silent':
      return HEAL[role];
    case 'channel':
      return role === 'offerer' ? CHANNEL : null;
    case 'renewing':
      return RENEW;
    default:
      return null;
  }
}

/**
 * Returns the state after an event, or the same object when the event changes nothing.
 *
 * Only the offerer waits for an answer to a restart. The answerer asks for a restart and follows the document at all times.
 */
export function recover(before: Recovery, event: RecoveryEvent): Recovery {
  const silent = event === 'silent' || (event !== 'heard' && before.silent);
  const state = silent === before.silent ? before : { ...before, silent };
  const to = (step: RecoveryStep): Recovery => (step === state.step ? state : { ...state, step });
  const restart = (step: RecoveryStep): Recovery => ({ ...state, step, restarts: state.restarts + 1 });
  const offers = state.role === 'offerer';
  switch (state.step) {
    case 'waiting':
      // The connection can be faster than Firestore's acknowledgement of the commit that carried the answer.
      if (event === 'heard') return to('well');
      // An offer whose candidates belong to a previous network is useless to newcomers.
      return event === 'described' ? to('connecting') : event === 'changed' ? to('lost') : state;
    case 'connecting':
      return event === 'heard' ? to('well') : event === 'failed' || event === 'elapsed' ? to('lost') : state;
    case 'well':
      if (event === 'silent') return to('silent');
      return event === 'failed' || event === 'changed' ? restart('renewing') : state;
    case 'silent':
      if (event === 'heard') return to('well');
      return event === 'failed' || event === 'changed' || event === 'elapsed' ? restart('channel') : state;
    case 'channel':
      if (event === 'heard') return to(offers ? 'renewing' : 'well');
      if (event === 'answered') return offers ? to('checking') : state;
      return event === 'changed' ? restart('channel') : event === 'elapsed' ? to('signaling') : state;
    case 'renewing':
      if (event === 'answered') return to('well');
      if (event === 'changed') return restart('renewing');
      if (event === 'silent') return to(offers ? 'signaling' : 'channel');
      return event === 'elapsed' ? to(offers ? 'signaling' : 'well') : state;
    case 'signaling':
      if (event === 'answered') return to(silent ? 'checking' : 'well');
      return event === 'changed' ? restart('signaling') : state;
    case 'checking':
      if (event === 'heard') return to('well');
      return event === 'changed' ? restart('signaling') : event === 'elapsed' ? to('lost') : state;
    case 'lost':
      return state;
  }
}
