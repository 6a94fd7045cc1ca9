/**
 * How far a link has fallen and what is being done about it. docs/protocol.md, "Recovery", has this as a diagram.
 *
 * - `waiting`: the offer stands at an empty chair, or the answer has not been sent
 * - `connecting`: both descriptions are known, the first connection is being made
 * - `well`: the other side is heard
 * - `silent`: it is not; that often heals by itself
 * - `channel`: an ICE restart is offered over the control channel
 * - `renewing`: the same, and the other side is heard: whether it hears this one shows when it answers
 * - `signaling`: the restart is offered as the next revision of the link's document too, until it is answered
 * - `checking`: that was answered, and the new candidates are being tried
 * - `lost`: nothing helped; the offerer makes a new link
 */
export type Rung =
  'waiting' | 'connecting' | 'well' | 'silent' | 'channel' | 'renewing' | 'signaling' | 'checking' | 'lost';

/** The offerer is the one who may write the next revision, and who makes a new link. */
export type Role = 'offerer' | 'answerer';

export interface Recovery {
  readonly role: Role;
  readonly rung: Rung;
  /** How many ICE restarts have been asked for: each more is one to be made. */
  readonly restarts: number;
  /** Nothing comes from the other side. What comes from it does not prove that it hears this side. */
  readonly silent: boolean;
}

/**
 * - `described`: both first descriptions are known
 * - `heard`, `silent`: something came, nothing came for two seconds
 * - `failed`: ICE has given up
 * - `changed`: the network is another, or back, or the computer woke
 * - `answered`: the last restart is answered, over the control channel or by way of the document
 * - `elapsed`: the rung's patience is over
 */
export type RecoveryEvent = 'described' | 'heard' | 'silent' | 'failed' | 'changed' | 'answered' | 'elapsed';

/** From both descriptions to something heard, at first and after a restart by way of the document, ms. */
const CONNECT = 15_000;
/** How long a silence may heal by itself, ms. The answerer leaves the first try to the offerer. */
const HEAL: Readonly<Record<Role, number>> = { offerer: 500, answerer: 4_000 };
/** How long the control channel has for offer and answer, ms. */
const CHANNEL = 2_000;
/** The same while the other side is heard, ms: Chromium repeats what a channel has lost at most 3 s apart. */
const RENEW = 3_500;

export const newRecovery = (role: Role): Recovery => ({ role, rung: 'waiting', restarts: 0, silent: false });

/** How long to stay on a rung until `elapsed`, ms; null where only something else moves on. */
export function patience({ role, rung }: Recovery): number | null {
  switch (rung) {
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
 * What an event makes of a link. The same object when it changes nothing.
 *
 * Only the offerer waits for a restart to be answered: the answerer asks for one and follows the document at all times.
 */
export function recover(before: Recovery, event: RecoveryEvent): Recovery {
  const silent = event === 'silent' || (event !== 'heard' && before.silent);
  const state = silent === before.silent ? before : { ...before, silent };
  const to = (rung: Rung): Recovery => (rung === state.rung ? state : { ...state, rung });
  const restart = (rung: Rung): Recovery => ({ ...state, rung, restarts: state.restarts + 1 });
  const offers = state.role === 'offerer';
  switch (state.rung) {
    case 'waiting':
      // A connection may be faster than the answer to the commit that it came with.
      if (event === 'heard') return to('well');
      // An offer whose candidates are of a network that is gone is no use to whoever comes.
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
