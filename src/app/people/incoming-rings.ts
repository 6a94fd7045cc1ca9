import { inject, Injectable, signal } from '@angular/core';
import { Router } from '@angular/router';
import { defer, finalize, Observable, race, retry, switchMap, tap, timer } from 'rxjs';

import { noteError, noted } from '../log/note';
import { DeviceAcquaintances } from './device-acquaintances';
import { Engagement } from './engagement';
import { enterCall } from './enter-call';
import { Lobbies } from './lobbies';
import type { LobbyDocuments } from './lobby-documents';
import { OutgoingRings } from './outgoing-rings';
import { PageLife } from './page-life';
import type { CameraOnEntering, IncomingRing } from './people';
import { RingHistory } from './ring-history';
import { ringsIn$, type RingEvent } from './rings-in';
import { sendWithRetry } from './send-with-retry';

/** Retry delay, in ms. */
const AGAIN = 5_000;
/** How long an acceptance waits for the call to be joined before it is sent, in ms. */
const JOINED = 1_000;

/** A pending ring, and the lobby it came through. */
interface Heard {
  readonly lobby: string;
  readonly documents: LobbyDocuments;
  readonly event: RingEvent;
}

/** The rings that come in while this person is visible. */
@Injectable({ providedIn: 'root' })
export class IncomingRings {
  private readonly lobbies = inject(Lobbies);
  private readonly engagement = inject(Engagement);
  private readonly acquaintances = inject(DeviceAcquaintances);
  private readonly outgoing = inject(OutgoingRings);
  private readonly history = inject(RingHistory);
  private readonly router = inject(Router);
  private readonly page = inject(PageLife);

  private readonly rings = signal<readonly IncomingRing[]>([]);
  readonly incoming = this.rings.asReadonly();
  private readonly waiting = new Map<string, Heard>();

  constructor() {
    // While two people ring each other, the incoming ring is held back. It is shown if the outgoing one comes to nothing.
    this.outgoing.failed$.subscribe((uid) => {
      for (const heard of this.waiting.values()) if (heard.event.record.from === uid) this.hear(heard);
    });
  }

  /** Listens for the rings of a lobby while subscribed; on teardown, pending rings are no longer shown. Never errors. */
  of$(lobby: string): Observable<unknown> {
    // The blocked people must be known before any ring is shown.
    return defer(() => Promise.all([this.lobbies.of(lobby), this.acquaintances.ready])).pipe(
      retry({
        delay: (error) => {
          noteError('people', 'rings', error);
          return race(timer(AGAIN), this.page.back$);
        },
      }),
      switchMap(([documents]) =>
        ringsIn$(documents, this.page.session, this.page.back$).pipe(
          tap((event) =>
            event.ended === null ? this.hear({ lobby, documents, event }) : this.hearEnd(lobby, event),
          ),
        ),
      ),
      finalize(() => this.forget(lobby)),
    );
  }

  /**
   * @param joined resolves when the peers in the call are connected. Joining goes before the acceptance, because both people
   * wait for the connection.
   */
  accept(
    ring: IncomingRing,
    name: string,
    camera: CameraOnEntering,
    joined: Promise<unknown> = Promise.resolve(),
  ): void {
    const heard = this.take(ring);
    if (!heard) return;
    const length = this.history.callFromNow(this.engagement.engaged ? 'one' : 'none');
    // Accepting a ring cancels one that goes out to another person.
    this.outgoing.takeBack();
    const entered = enterCall(this.router, ring.code, 'join', name, camera);
    void this.answerAccepted(ring, heard, length, entered, joined);
  }

  decline(ring: IncomingRing, message?: string): void {
    const heard = this.take(ring);
    if (!heard) return this.dismiss(ring);
    void this.note(heard, 'declined');
    this.answer(heard, 'declined', message).catch(noted('people', 'decline'));
  }

  dismiss({ id }: IncomingRing): void {
    this.rings.update((rings) => rings.filter((ring) => ring.id !== id));
  }

  private hear(heard: Heard): void {
    const { lobby, event } = heard;
    const { id, record, name, code } = event;
    const who = { uid: record.from, name };
    if (this.acquaintances.isBlocked(lobby, who.uid)) return;
    if (this.rings().some((ring) => ring.id === id)) return;
    const { calleeUid } = this.outgoing;
    if (calleeUid === who.uid) {
      // Both ring each other: the outgoing ring handles it.
      this.waiting.set(id, heard);
      return;
    }
    if (this.engagement.engaged || calleeUid !== null) {
      this.waiting.delete(id);
      this.answer(heard, 'busy').catch(noted('people', 'busy'));
      void this.note(heard, 'missed');
      return;
    }
    this.waiting.set(id, heard);
    this.rings.update((rings) => [...rings, { id, lobby, from: who, code, ended: null }]);
  }

  private hearEnd(lobby: string, { id, ended }: RingEvent): void {
    const heard = this.waiting.get(id);
    const rang = this.rings().find((ring) => ring.id === id && ring.lobby === lobby);
    this.waiting.delete(id);
    if (!heard || !rang || ended === null) return;
    if (ended === 'here') return this.dismiss(rang);
    if (ended !== 'elsewhere') void this.note(heard, 'missed');
    this.rings.update((rings) => rings.map((ring) => (ring.id === id ? { ...ring, ended } : ring)));
  }

  /** Discards the pending rings of a lobby, because nothing reports on them any more. */
  private forget(lobby: string): void {
    for (const [id, heard] of this.waiting) if (heard.lobby === lobby) this.waiting.delete(id);
    this.rings.update((rings) => rings.filter((ring) => ring.lobby !== lobby || ring.ended !== null));
  }

  /** Claims a ring for an answer: it is no longer pending and no longer shown. */
  private take(ring: IncomingRing): Heard | undefined {
    const heard = this.waiting.get(ring.id);
    if (!heard) return undefined;
    this.waiting.delete(ring.id);
    this.dismiss(ring);
    return heard;
  }

  private async answerAccepted(
    ring: IncomingRing,
    heard: Heard,
    length: Promise<number>,
    entered: Promise<unknown>,
    joined: Promise<unknown>,
  ): Promise<void> {
    const { documents, event } = heard;
    const { session } = this.page;
    await Promise.race([joined, new Promise((resolve) => setTimeout(resolve, JOINED))]);
    try {
      await this.answer(heard, 'accepted');
    } catch (error) {
      noteError('people', 'accept', error);
      const now = await documents.ring(event.record.from).catch(noted('people', 'accepted', null));
      // If the answer got through after all, or the ring's state is unknown, go on: the call will show.
      if (now !== null && now.answeredBy !== session) {
        const elsewhere = now.revision === event.record.revision && now.answeredBy !== null;
        if (!elsewhere) void this.note(heard, 'missed');
        this.rings.update((rings) => [...rings, { ...ring, ended: elsewhere ? 'elsewhere' : 'cancelled' }]);
        await entered;
        if (this.router.url === `/call#${ring.code}`) await this.router.navigateByUrl('/');
        return;
      }
    }
    await this.note(heard, 'answered', length);
  }

  /**
   * Sends an answer, and retries if no response arrives. Rejects once the answer is refused, which also happens if an earlier
   * attempt got through.
   */
  private answer(
    { documents, event: { record } }: Heard,
    state: 'accepted' | 'declined' | 'busy',
    message?: string,
  ): Promise<void> {
    return sendWithRetry(() => documents.answerRing(record, state, this.page.session, message));
  }

  /** Uses the time in the ring's document, which is the same in all pages of this browser, so that the ring is stored once. */
  private note(
    { lobby, event: { record, name } }: Heard,
    outcome: 'answered' | 'missed' | 'declined',
    length: Promise<number> | null = null,
  ): Promise<void> {
    const past = {
      lobby,
      with: { uid: record.from, name },
      direction: 'in',
      outcome,
      at: record.createdAt,
    } as const;
    return this.history.note(past, length);
  }
}
