import type { CallReason, CallState } from '../../call/call-state';

/** A page that says what happened, instead of a call. */
export type MessageKind =
  'badCode' | 'absent' | 'full' | 'closed' | 'refused' | 'expired' | 'left' | 'unreachable' | CallReason;

/** Where a person can go next. */
export type MessageLink = 'check' | 'home';

/** What a person can do next. The first action of a message is the most obvious one. */
export type MessageAction = 'start' | 'retry' | 'reload' | 'rejoin' | 'newCall' | MessageLink;

/**
 * The message for a state; `null` if there is a call, or one about to begin.
 *
 * @param online whether the browser believes it has a network: only if not, the message says offline
 */
export const messageOf = (state: CallState, online: boolean): MessageKind | null => {
  switch (state.phase) {
    case 'opening':
    case 'prejoin':
    case 'knocking':
    case 'joining':
    case 'entering':
    case 'seated':
      return null;
    case 'failed':
      return state.error.reason === 'offline' && online ? 'unreachable' : state.error.reason;
    default:
      return state.phase;
  }
};
