import { TestBed } from '@angular/core/testing';
import { filter, firstValueFrom, map, timeout } from 'rxjs';

import { CONNECT } from '../firebase/firebase';
import { LocalMedia } from '../media/local-media';
import { newCode } from '../signaling/code';
import { FakeLocalMedia } from '../testing/fake-local-media';
import { MemoryDatabase, MemoryDocuments } from '../testing/memory-documents';
import type { Call } from './call';
import type { CallState, Member } from './call-state';
import { LiveCall } from './live-call';

type Phase = CallState['phase'];
type In<P extends Phase> = Extract<CallState, { phase: P }>;

/** Somebody with a browser of their own: a user, devices and a call. */
class Person {
  readonly documents: MemoryDocuments;
  readonly media = new FakeLocalMedia();
  readonly call: Call;
  readonly states: CallState[] = [];

  constructor(database: MemoryDatabase, uid: string) {
    this.documents = database.user(uid);
    TestBed.resetTestingModule();
    TestBed.configureTestingModule({
      providers: [
        { provide: CONNECT, useValue: () => Promise.resolve(this.documents) },
        { provide: LocalMedia, useValue: this.media },
        LiveCall,
      ],
      teardown: { destroyAfterEach: false },
    });
    this.call = TestBed.inject(LiveCall);
    this.call.state$.subscribe((state) => this.states.push(state));
  }

  phase<P extends Phase>(phase: P): Promise<In<P>> {
    return this.until((state): state is In<P> => state.phase === phase);
  }

  member(is: (member: Member) => boolean): Promise<Member> {
    return firstValueFrom(
      this.call.state$.pipe(
        map((state) => (state.phase === 'seated' ? state.members.find(is) : undefined)),
        filter((member) => member !== undefined),
        timeout(8_000),
      ),
    );
  }

  alone(): Promise<CallState> {
    return this.until((state): state is CallState => state.phase === 'seated' && state.members.length === 0);
  }

  private until<S extends CallState>(is: (state: CallState) => state is S): Promise<S> {
    return firstValueFrom(this.call.state$.pipe(filter(is), timeout(8_000)));
  }
}

const connected = ({ status }: Member) => status === 'connected';

describe('LiveCall', () => {
  let database: MemoryDatabase;
  let code: string;
  const people: Person[] = [];

  const person = (uid: string) => {
    const somebody = new Person(database, uid);
    people.push(somebody);
    return somebody;
  };
  const start = async (uid: string, name: string) => {
    const creator = person(uid);
    creator.call.open(code, 'new');
    await creator.phase('prejoin');
    creator.call.join(name);
    await creator.phase('seated');
    return creator;
  };
  const join = async (uid: string, name: string) => {
    const guest = person(uid);
    guest.call.open(code, 'join');
    await guest.phase('prejoin');
    guest.call.join(name);
    await guest.phase('seated');
    return guest;
  };

  beforeEach(() => {
    sessionStorage.clear();
    database = new MemoryDatabase();
    code = newCode();
  });
  afterEach(() => {
    for (const { call } of people.splice(0)) call.leave();
  });

  it('connects two members who see each other by name', async () => {
    const ada = await start('a', 'Ada');
    const ben = await join('b', 'Ben');
    expect((await ada.member(connected)).name).toBe('Ben');
    expect((await ben.member(connected)).name).toBe('Ada');
  });
});
