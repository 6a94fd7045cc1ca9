import { Observable } from 'rxjs';

import { noted } from '../log/note';
import { keptInTab } from './kept-in-tab';
import { cleanPersonName } from '../text/person-name';

const KEY = 'parley.seated';

/** What a tab stores about the seat it holds, so that a reload returns to that seat. */
export interface SeatedTab {
  readonly callId: string;
  readonly session: string;
  readonly seat: number;
  readonly name: string;
}

/** Stored until the member leaves; a reload or a crash does not clear it. Blocked storage stores nothing. */
export function rememberSeat(seated: SeatedTab): void {
  const { callId, muted } = keptInTab.record(KEY) ?? {};
  keptInTab.setRecord(KEY, { ...seated, muted: callId === seated.callId && muted === true });
}

/** Stores whether the host muted the member who holds the seat, so that a reload doesn't unmute them. */
export function rememberMuted(muted: boolean): void {
  const seated = keptInTab.record(KEY);
  if (seated && seated['muted'] !== muted) keptInTab.setRecord(KEY, { ...seated, muted });
}

/** Whether the member who held a seat in this tab was muted by the host. */
export const wasMuted = (): boolean => keptInTab.record(KEY)?.['muted'] === true;

export function forgetSeat(): void {
  keptInTab.set(KEY, null);
}

/** The seat this tab held in this call before it was reloaded. */
export function rememberedSeat(callId: string): SeatedTab | null {
  const { callId: held, session, seat, name } = keptInTab.record(KEY) ?? {};
  if (held !== callId || typeof session !== 'string' || typeof name !== 'string') return null;
  return typeof seat === 'number' && Number.isInteger(seat)
    ? { callId, session, seat, name: cleanPersonName(name) }
    : null;
}

/** The call in which this tab holds a seat under this session; null when it could not be stored. */
export function rememberedCall(session: string): string | null {
  const { callId, session: held } = keptInTab.record(KEY) ?? {};
  return held === session && typeof callId === 'string' ? callId : null;
}

const lockName = (session: string) => `parley/${session}`;

/** While subscribed, other tabs of this browser can tell that this session is alive. */
export const holdSession = (session: string): Observable<never> =>
  new Observable(() => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    navigator.locks?.request(lockName(session), () => held).catch(noted('storage', 'lock'));
    return () => release();
  });

/** Whether a tab of this browser holds this session. A crashed tab no longer holds it. */
export async function isSessionHeld(session: string): Promise<boolean> {
  const held = await navigator.locks?.query().catch(noted('storage', 'locks', null));
  return held?.held?.some(({ name }) => name === lockName(session)) ?? false;
}
