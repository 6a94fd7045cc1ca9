import { inject, Injectable } from '@angular/core';

import { wallTime } from '../loading/clock';
import { isTime } from '../values/bounds';
import { readCode } from '../signaling/code';
import { Remembered } from '../storage/remembered';
import { injectSharedSignal } from '../storage/shared-signal';
import { cleanPersonName } from '../text/person-name';
import { KNOWN_LOBBIES } from './known-lobbies-key';

/** A lobby that the person has created or opened. */
export interface KnownLobby {
  readonly code: string;
  /** The person's own name for it, never sent to anyone; empty if they gave none. */
  readonly name: string;
  /** When it was last open, in ms since the epoch, by this device's clock. */
  readonly openedAt: number;
}

/** Maximum number of lobbies kept; those not opened for longest are removed first. */
export const MOST_LOBBIES = 50;
/** Maximum length of the stored text, in characters: anything longer is not from this app. */
export const LONGEST_TEXT = 100_000;

/** Reads what is stored, the latest first. Leaves out malformed entries. */
export function readKnown(value: unknown): readonly KnownLobby[] {
  if (!Array.isArray(value)) return [];
  const read = value.slice(0, 4 * MOST_LOBBIES).flatMap((entry) => readOne(entry) ?? []);
  return latest(read.filter(({ code }, index) => read.findIndex((one) => one.code === code) === index));
}

function readOne(value: unknown): KnownLobby | null {
  const { code, name, openedAt } = (value ?? {}) as { code?: unknown; name?: unknown; openedAt?: unknown };
  const place = typeof code === 'string' && code.length < 64 ? readCode(code) : null;
  if (place === null) return null;
  return {
    code: place,
    name: typeof name === 'string' ? cleanPersonName(name) : '',
    openedAt: isTime(openedAt) ? openedAt : 0,
  };
}

const latest = (lobbies: readonly KnownLobby[]): readonly KnownLobby[] =>
  lobbies.toSorted((one, other) => other.openedAt - one.openedAt).slice(0, MOST_LOBBIES);

const without = (lobbies: readonly KnownLobby[], code: string): readonly KnownLobby[] =>
  lobbies.filter((lobby) => lobby.code !== code);

/** The lobbies that this person has created or opened, kept on this device only and shared by all of its pages. */
@Injectable({ providedIn: 'root' })
export class KnownLobbies {
  private readonly remembered = inject(Remembered);
  private readonly held = injectSharedSignal(KNOWN_LOBBIES, () => this.stored());

  /** Latest first. */
  readonly lobbies = this.held.asReadonly();

  /** The person's name for a lobby; empty if there is none. Reads a signal. */
  nameOf(code: string): string {
    return this.lobbies().find((lobby) => lobby.code === code)?.name ?? '';
  }

  /** The lobby is open on this page now. It keeps its name, or gets this one. */
  opened(code: string, name = this.known(code)?.name ?? ''): void {
    this.put({ code, name: cleanPersonName(name), openedAt: wallTime() });
  }

  /** @param name empty for none */
  rename(code: string, name: string): void {
    this.put({ code, name: cleanPersonName(name), openedAt: this.known(code)?.openedAt ?? wallTime() });
  }

  /** Removes a lobby from the list. Returns the removed entry, or null if it was not in the list. */
  remove(code: string): KnownLobby | null {
    const known = this.known(code);
    this.set(without(this.stored(), code));
    return known;
  }

  /** Puts a removed entry back, unless the lobby has been opened or named again since. */
  restore(lobby: KnownLobby): void {
    if (this.known(lobby.code) === null) this.put(lobby);
  }

  private put(lobby: KnownLobby): void {
    // Read again, because another page may have changed the list and its event may still be pending.
    this.set(latest([lobby, ...without(this.stored(), lobby.code)]));
  }

  private known(code: string): KnownLobby | null {
    return this.stored().find((lobby) => lobby.code === code) ?? null;
  }

  private set(lobbies: readonly KnownLobby[]): void {
    this.held.set(lobbies);
    if (lobbies.length > 0) this.remembered.setRecord(KNOWN_LOBBIES, { lobbies });
    else this.remembered.set(KNOWN_LOBBIES, null);
  }

  private stored(): readonly KnownLobby[] {
    const isHuge = (this.remembered.get(KNOWN_LOBBIES)?.length ?? 0) > LONGEST_TEXT;
    return isHuge ? [] : readKnown(this.remembered.record(KNOWN_LOBBIES)?.['lobbies']);
  }
}
