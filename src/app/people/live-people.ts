import { inject, Injectable } from '@angular/core';
import { catchError, defer, EMPTY, Observable, share, startWith, switchMap, take, timer } from 'rxjs';

import { noteError } from '../log/note';
import { newCode } from '../signaling/code';
import { Remembered } from '../storage/remembered';
import { cleanPersonName } from '../text/person-name';
import { IncomingRings } from './incoming-rings';
import { Lobbies } from './lobbies';
import { OutgoingRings } from './outgoing-rings';
import { OwnVisibility } from './own-visibility';
import { PageLife } from './page-life';
import {
  People,
  PeopleError,
  type CameraOnEntering,
  type IncomingRing,
  type LobbyState,
  type Person,
} from './people';
import { reasonOf } from './presence';
import { RingsIntoCall } from './rings-into-call';
import { whenToRetry$ } from './when-to-retry';
import { VisibleMemory } from './visible-memory';
import { lobbyWatch$ } from './watch';

const NAME = 'parley.name';
/**
 * How long a lobby stays subscribed after its list leaves the screen, in ms: a person who enters a call has more urgent
 * requests.
 */
const GONE = 2_000;

/** Visibility, lobbies and rings of this page. */
@Injectable({ providedIn: 'root' })
export class LivePeople extends People {
  private readonly lobbies = inject(Lobbies);
  private readonly memory = inject(VisibleMemory);
  private readonly remembered = inject(Remembered);
  private readonly page = inject(PageLife);
  private readonly own = inject(OwnVisibility);
  private readonly out = inject(OutgoingRings);
  private readonly into = inject(RingsIntoCall);
  private readonly in = inject(IncomingRings);

  readonly visibility = this.own.visibility;
  readonly outgoing = this.out.outgoing;
  readonly intoCall = this.into.shown;
  readonly incoming = this.in.incoming;

  constructor() {
    super();
    this.own.where$.pipe(switchMap((code) => (code === null ? EMPTY : this.in.of$(code)))).subscribe();
  }

  lobby$(code: string): Observable<LobbyState> {
    const { shown$: seen$, back$: look$ } = this.page;
    return defer(() => this.lobbies.of(code)).pipe(
      switchMap((documents) => lobbyWatch$(documents, { seen$, look$ })),
      catchError((error: unknown, again$) => {
        noteError('people', 'circle', error);
        const reason = reasonOf(error);
        return whenToRetry$(reason, look$).pipe(
          take(1),
          switchMap(() => again$),
          startWith<LobbyState>({ phase: 'failed', reason }),
        );
      }),
      startWith<LobbyState>({ phase: 'opening' }),
      share({ resetOnRefCountZero: () => timer(GONE) }),
    );
  }

  look(): void {
    this.page.look();
  }

  async create(): Promise<string> {
    const code = newCode();
    try {
      const documents = await this.lobbies.of(code);
      await documents.create();
      return code;
    } catch (cause) {
      throw new PeopleError(reasonOf(cause), { cause });
    }
  }

  appear(code: string, name: string): void {
    this.memory.set({
      code,
      name: cleanPersonName(name),
      doNotDisturb: this.memory.wish()?.doNotDisturb ?? false,
    });
  }

  disappear(): void {
    this.memory.set(null);
  }

  setDoNotDisturb(doNotDisturb: boolean): void {
    const wish = this.memory.wish();
    if (wish) this.memory.set({ ...wish, doNotDisturb });
  }

  ring(lobby: string, to: Pick<Person, 'uid' | 'name'>): void {
    this.out.ring(lobby, to, this.name());
  }

  hangUp(): void {
    this.out.hangUp();
  }

  ringIntoCall(code: string, lobby: string, to: Pick<Person, 'uid' | 'name'>): void {
    this.into.ring(code, lobby, to, this.name());
  }

  takeBack(uid: string): void {
    this.into.takeBack(uid);
  }

  accept(ring: IncomingRing, camera: CameraOnEntering = 'asRemembered', joined?: Promise<unknown>): void {
    this.in.accept(ring, this.name(), camera, joined);
  }

  decline(ring: IncomingRing, message?: string): void {
    this.in.decline(ring, message);
  }

  dismiss(ring: IncomingRing): void {
    this.in.dismiss(ring);
  }

  private name(): string {
    return cleanPersonName(this.memory.wish()?.name ?? this.remembered.get(NAME) ?? '');
  }
}
