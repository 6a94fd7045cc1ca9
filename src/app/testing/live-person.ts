import { createEnvironmentInjector, EnvironmentInjector } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { filter, firstValueFrom, map, Observable, ReplaySubject, Subscription, take, timeout } from 'rxjs';

import type { CallState, Member } from '../call/call-state';
import { LiveCall } from '../call/live-call';
import { CONNECT } from '../firebase/firebase';
import { LocalMedia } from '../media/local-media';
import { PEER_CONNECTION } from '../rtc/peer-connection';
import { FakeLocalMedia } from './fake-local-media';
import type { MemoryDatabase, MemoryDocuments } from './memory-documents';
import { within } from './within';

type Phase = CallState['phase'];
type In<P extends Phase> = Extract<CallState, { phase: P }>;

/** A person with a browser of their own: a user, devices and a call. */
export class LivePerson {
  readonly documents: MemoryDocuments;
  readonly media = new FakeLocalMedia();
  readonly call: LiveCall;
  readonly states: CallState[] = [];
  /** All connections that the person's page created, in order. */
  readonly connections: RTCPeerConnection[] = [];
  private readonly page: EnvironmentInjector;
  /** Pending waits. */
  private readonly waiting = new Subscription();

  /** @param create makes the person's peer connections: real ones by default */
  constructor(
    database: MemoryDatabase,
    uid: string,
    private readonly create = (configuration: RTCConfiguration) => new RTCPeerConnection(configuration),
  ) {
    this.documents = database.user(uid);
    TestBed.resetTestingModule();
    TestBed.configureTestingModule({
      providers: [
        { provide: CONNECT, useValue: () => Promise.resolve(this.documents) },
        { provide: LocalMedia, useValue: this.media },
        {
          provide: PEER_CONNECTION,
          useValue: (configuration: RTCConfiguration) => this.connect(configuration),
        },
      ],
      teardown: { destroyAfterEach: false },
    });
    this.page = createEnvironmentInjector([LiveCall], TestBed.inject(EnvironmentInjector));
    this.call = this.page.get(LiveCall);
    this.call.state$.subscribe((state) => this.states.push(state));
  }

  /** The person goes to another page of the app. Stops everything of theirs; pending waits never resolve. */
  goAway(): void {
    if (this.waiting.closed) return;
    this.waiting.unsubscribe();
    this.page.destroy();
  }

  phase<P extends Phase>(phase: P): Promise<In<P>> {
    return this.until((state): state is In<P> => state.phase === phase);
  }

  /** Waits for a member that matches. */
  member(is: (member: Member) => boolean, patience = within(8_000)): Promise<Member> {
    return this.first(
      this.call.state$.pipe(
        map((state) => (state.phase === 'seated' ? state.members.find(is) : undefined)),
        filter((member) => member !== undefined),
        timeout(patience),
      ),
    );
  }

  inCall(is: (state: In<'seated'>) => boolean): Promise<In<'seated'>> {
    return this.until((state): state is In<'seated'> => state.phase === 'seated' && is(state));
  }

  alone(): Promise<CallState> {
    return this.until((state): state is CallState => state.phase === 'seated' && state.members.length === 0);
  }

  private connect(configuration: RTCConfiguration): RTCPeerConnection {
    const connection = this.create(configuration);
    this.connections.push(connection);
    return connection;
  }

  private until<S extends CallState>(is: (state: CallState) => state is S): Promise<S> {
    return this.first(this.call.state$.pipe(filter(is), timeout(within(8_000))));
  }

  private first<T>(source$: Observable<T>): Promise<T> {
    const found$ = new ReplaySubject<T>();
    this.waiting.add(source$.pipe(take(1)).subscribe(found$));
    return firstValueFrom(found$);
  }
}
