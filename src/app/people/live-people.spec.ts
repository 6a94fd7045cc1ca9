import { Location } from '@angular/common';
import { Component, createEnvironmentInjector, EnvironmentInjector } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter, Router } from '@angular/router';
import { Observable } from 'rxjs';

import { DocumentsError } from '../firebase/documents';
import { CONNECT } from '../firebase/firebase';
import { LOCAL_STORAGE } from '../storage/local-storage';
import { newCode } from '../signaling/code';
import { codeKeys } from '../signaling/code-keys';
import { FakeAcquaintances } from '../testing/fake-acquaintances';
import { MemoryDatabase, MemoryDocuments } from '../testing/memory-documents';
import { DeviceAcquaintances } from './device-acquaintances';
import { Engagement } from './engagement';
import { IncomingRings } from './incoming-rings';
import { LivePeople } from './live-people';
import { Lobbies } from './lobbies';
import { LobbyDocuments } from './lobby-documents';
import type { RingState } from './lobby-records';
import { OutgoingRings } from './outgoing-rings';
import { OwnVisibility } from './own-visibility';
import { PageLife } from './page-life';
import type { IncomingRing } from './people';
import { RingHistory } from './ring-history';
import { RingsIntoCall } from './rings-into-call';
import { VisibleMemory } from './visible-memory';
import { within } from '../testing/within';

@Component({ template: '' })
class Somewhere {}

class ReadyAcquaintances extends FakeAcquaintances {
  readonly ready = Promise.resolve();
}

const KEPT = ['parley.visible', 'parley.name'];

describe('LivePeople', () => {
  let database: MemoryDatabase;
  let code: string;
  /** Ben uses a different browser; only his documents matter. */
  let ben: LobbyDocuments;
  let pages: EnvironmentInjector[];
  let acquaintances: ReadyAcquaintances;
  let router: Router;
  /** The navigation to the call page lasts until this resolves. */
  let callOpens: Promise<boolean>;

  const until = async (is: () => unknown) => {
    const end = Date.now() + within(4_000);
    while (!is()) {
      if (Date.now() > end) throw new Error(`waited in vain: ${is.toString()}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  const documentsOf = async (uid: string) =>
    new LobbyDocuments(database.user(uid), await codeKeys(code, 'lobby'));
  /** A page of Ada's browser. */
  const page = () => {
    const injector = createEnvironmentInjector(
      [
        { provide: CONNECT, useValue: () => Promise.resolve(database.user('ada')) },
        { provide: LOCAL_STORAGE, useValue: localStorage },
        { provide: DeviceAcquaintances, useValue: acquaintances },
        Engagement,
        IncomingRings,
        LivePeople,
        Lobbies,
        OutgoingRings,
        OwnVisibility,
        PageLife,
        RingHistory,
        RingsIntoCall,
        VisibleMemory,
      ],
      TestBed.inject(EnvironmentInjector),
    );
    pages.push(injector);
    return { people: injector.get(LivePeople), engagement: injector.get(Engagement) };
  };
  const there = async (uid: string) => {
    const one = await documentsOf(uid);
    await one.appear(0, await one.card(uid), 'available', null);
    return one;
  };
  /** Content of the document of entries. */
  const entryOf = (uid: string) => {
    const shard = [...database.contents].find(([path]) => /people\/0$/.test(path))?.[1]['people'];
    return (shard as Record<string, { state: string }> | undefined)?.[uid];
  };
  const ringState = () => [...database.contents].find(([path]) => /rings\/ada_ben$/.test(path))?.[1]['state'];
  const answers = async (state: 'accepted' | 'declined' | 'busy', message?: string) => {
    await until(() => ringState() === 'ringing');
    await ben.answerRing((await ben.ring('ada'))!, state, 'page of ben', message);
  };
  const benRings = (into: string) => ben.startRing('ada', 0, { name: 'Ben', code: into }, null);
  const visible = async (ada = page()) => {
    ada.people.appear(code, 'Ada');
    await until(() => ada.people.visibility()?.status === 'visible' && entryOf('ada'));
    return ada;
  };
  const outcomes = () => acquaintances.history().map(({ outcome, direction }) => `${direction} ${outcome}`);

  beforeEach(async () => {
    callOpens = Promise.resolve(true);
    KEPT.forEach((key) => localStorage.removeItem(key));
    TestBed.configureTestingModule({
      providers: [
        provideRouter([
          { path: 'call', component: Somewhere, canActivate: [() => callOpens] },
          { path: '**', component: Somewhere },
        ]),
      ],
    });
    router = TestBed.inject(Router);
    await router.navigateByUrl('/lobby');
    database = new MemoryDatabase();
    code = newCode();
    pages = [];
    acquaintances = new ReadyAcquaintances();
    ben = await there('ben');
  });
  afterEach(() => {
    window.dispatchEvent(new Event('pagehide'));
    pages.forEach((one) => one.destroy());
    KEPT.forEach((key) => localStorage.removeItem(key));
  });

  it('is visible from when the person chooses it until they end it', async () => {
    const { people } = page();
    expect(people.visibility()).toBeNull();
    people.appear(code, 'Ada');
    expect(people.visibility()).toEqual({ code, name: 'Ada', doNotDisturb: false, status: 'appearing' });
    await until(() => people.visibility()?.status === 'visible');
    expect(entryOf('ada')?.state).toBe('available');
    people.setDoNotDisturb(true);
    await until(() => entryOf('ada')?.state === 'dnd');
    people.disappear();
    await until(() => !entryOf('ada'));
    expect(people.visibility()).toBeNull();
  });

  it('is visible again after a reload, but not while the page is in the back-forward cache', async () => {
    localStorage.setItem('parley.visible', JSON.stringify({ code, name: 'Ada', doNotDisturb: true }));
    const { people } = page();
    await until(() => entryOf('ada')?.state === 'dnd');
    window.dispatchEvent(new Event('pagehide'));
    await until(() => !entryOf('ada'));
    window.dispatchEvent(new Event('pageshow'));
    await until(() => entryOf('ada') && people.visibility()?.status === 'visible');
  });

  it('is not visible yet in the lobby that it moves to', async () => {
    const { people } = await visible();
    people.appear(newCode(), 'Ada');
    TestBed.tick();
    expect(people.visibility()?.status).toBe('appearing');
    await until(() => !entryOf('ada'));
  });

  it('retries after a failure, also in the page that leads', async () => {
    const appear = spyOn(LobbyDocuments.prototype, 'appear').and.rejectWith(
      new DocumentsError('unavailable'),
    );
    const { people } = page();
    people.appear(code, 'Ada');
    await until(() => people.visibility()?.status === 'failed');
    expect(people.visibility()?.reason).toBe('unavailable');
    appear.and.callThrough();
    people.look();
    await until(() => people.visibility()?.status === 'visible');
  });

  it('is handled by one page of a browser, and by the next when that closes', async () => {
    const first = await visible();
    const second = page();
    await until(() => second.people.visibility()?.status === 'visible');
    expect(first.people.visibility()?.status).toBe('visible');
    const appear = spyOn(LobbyDocuments.prototype, 'appear').and.callThrough();
    pages.shift()!.destroy();
    await until(() => appear.calls.count() === 1);
    await until(() => entryOf('ada'));
  });

  it('shows the person as busy during a call', async () => {
    const { engagement } = await visible();
    const ends = [engagement.begin(), engagement.markConnected()];
    await until(() => entryOf('ada')?.state === 'busy');
    ends.forEach((end) => end());
    await until(() => entryOf('ada')?.state === 'available');
  });

  it('keeps a list subscribed for a moment after it leaves the screen', async () => {
    let listening = 0;
    const list$ = new Observable<never>(() => {
      listening++;
      return () => void listening--;
    });
    spyOn(MemoryDocuments.prototype, 'collection$').and.returnValue(list$);
    await ben.create();
    const looking = page().people.lobby$(code).subscribe();
    await until(() => listening === 1);
    looking.unsubscribe();
    expect(listening).toBe(1);
    await until(() => listening === 0);
  });

  describe('ringing a person', () => {
    const rings = async () => {
      const ada = page();
      ada.people.ring(code, { uid: 'ben', name: 'Ben' });
      expect(ada.people.outgoing()?.outcome).toBe('ringing');
      await until(() => router.url.startsWith('/call#'));
      return { ...ada, end: ada.engagement.begin() };
    };

    it('opens the call at once, stays there after an acceptance, and records the length', async () => {
      const { people, end } = await rings();
      expect(router.url).toBe(`/call#${people.outgoing()!.code}`);
      await answers('accepted');
      await until(() => people.outgoing() === null && acquaintances.history().length > 0);
      expect(router.url).toMatch(/^\/call#/);
      expect(outcomes()).toEqual(['out answered']);
      expect(acquaintances.history()[0]!.duration).toBeNull();
      end();
      await until(() => acquaintances.history()[0]!.duration !== null);
    });

    it('returns to the previous page after a decline, and shows the message', async () => {
      const { people } = await rings();
      await answers('declined', 'Later');
      await until(() => router.url === '/lobby');
      expect(people.outgoing()).toEqual(jasmine.objectContaining({ outcome: 'declined', message: 'Later' }));
      expect(outcomes()).toEqual(['out declined']);
      people.hangUp();
      expect(people.outgoing()).toBeNull();
    });

    it('opens no call if the ring ends before the call page has loaded', async () => {
      let open = (_: boolean) => {};
      callOpens = new Promise((resolve) => (open = resolve));
      const { people } = page();
      people.ring(code, { uid: 'ben', name: 'Ben' });
      await answers('busy');
      await until(() => people.outgoing()?.outcome === 'busy');
      open(true);
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(router.url).toBe('/lobby');
    });

    it('is cancelled by hanging up', async () => {
      const { people } = await rings();
      people.hangUp();
      await until(() => ringState() === 'cancelled' && router.url === '/lobby');
      expect(people.outgoing()).toBeNull();
      expect(outcomes()).toEqual(['out cancelled']);
    });

    it('is cancelled by leaving the call', async () => {
      const { people, end } = await rings();
      end();
      await until(() => ringState() === 'cancelled');
      expect(people.outgoing()).toBeNull();
      expect(router.url).toMatch(/^\/call#/);
    });

    it('is cancelled by navigating elsewhere before the call is open', async () => {
      const { people } = page();
      people.ring(code, { uid: 'ben', name: 'Ben' });
      await until(() => router.url.startsWith('/call#'));
      await router.navigateByUrl('/');
      await until(() => ringState() === 'cancelled');
      expect(people.outgoing()).toBeNull();
    });

    it('opens nothing if the callee is not there', async () => {
      const { people } = page();
      people.ring(code, { uid: 'cleo', name: 'Cleo' });
      await until(() => people.outgoing()?.outcome === 'unreachable');
      expect(router.url).toBe('/lobby');
      expect(outcomes()).toEqual(['out failed']);
    });

    it('allows one ring at a time', async () => {
      const { people } = await rings();
      people.ring(code, { uid: 'cleo', name: 'Cleo' });
      expect(people.outgoing()?.to.uid).toBe('ben');
    });

    it('continues when the person becomes visible elsewhere', async () => {
      const ada = await visible();
      ada.people.ring(code, { uid: 'ben', name: 'Ben' });
      await until(() => ringState() === 'ringing');
      ada.people.appear(newCode(), 'Ada');
      await until(() => !entryOf('ada'));
      expect(ada.people.outgoing()?.outcome).toBe('ringing');
      await answers('accepted');
      await until(() => ada.people.outgoing() === null);
    });
  });

  describe('ringing a person into a running call', () => {
    const CALL = newCode();
    const BEN = { uid: 'ben', name: 'Ben' };
    const CLEO = { uid: 'cleo', name: 'Cleo' };
    const inCall = async () => {
      const ada = page();
      await router.navigateByUrl(`/call#${CALL}`);
      return { ...ada, end: ada.engagement.begin() };
    };
    const shown = ({ people }: ReturnType<typeof page>) =>
      people.intoCall().map(({ to, outcome }) => `${to.uid} ${outcome}`);

    it('offers the code of the call and stays in it, with every answer', async () => {
      const ada = await inCall();
      ada.people.ringIntoCall(CALL, code, BEN);
      expect(shown(ada)).toEqual(['ben ringing']);
      await until(() => ringState() === 'ringing');
      expect((await ben.offerIn((await ben.ring('ada'))!))?.code).toBe(CALL);
      await answers('declined', 'Later');
      await until(() => shown(ada)[0] === 'ben declined');
      expect(ada.people.intoCall()[0]!.message).toBe('Later');
      expect(ada.people.outgoing()).toBeNull();
      expect(router.url).toBe(`/call#${CALL}`);
      expect(outcomes()).toEqual(['out declined']);
      ada.people.takeBack('ben');
      expect(shown(ada)).toEqual([]);
    });

    it('records the length of the call from the acceptance on', async () => {
      const ada = await inCall();
      ada.people.ringIntoCall(CALL, code, BEN);
      await answers('accepted');
      await until(() => outcomes()[0] === 'out answered');
      expect(shown(ada)).toEqual(['ben accepted']);
      ada.end();
      await until(() => acquaintances.history()[0]!.duration !== null);
      expect(shown(ada)).toEqual([]);
    });

    it('can be cancelled, and leaves the other rings alone', async () => {
      await there('cleo');
      const ada = await inCall();
      ada.people.ringIntoCall(CALL, code, BEN);
      ada.people.ringIntoCall(CALL, code, CLEO);
      ada.people.ringIntoCall(CALL, code, BEN);
      expect(shown(ada)).toEqual(['ben ringing', 'cleo ringing']);
      await until(() => ringState() === 'ringing');
      ada.people.takeBack('ben');
      await until(() => ringState() === 'cancelled');
      expect(shown(ada)).toEqual(['cleo ringing']);
      expect(outcomes()).toEqual(['out cancelled']);
    });

    it('is cancelled by leaving the call', async () => {
      const ada = await inCall();
      ada.people.ringIntoCall(CALL, code, BEN);
      await until(() => ringState() === 'ringing');
      ada.end();
      await until(() => ringState() === 'cancelled');
      expect(shown(ada)).toEqual([]);
    });

    it('says why a person can’t be rung', async () => {
      const ada = await inCall();
      ada.people.ringIntoCall(CALL, code, CLEO);
      await until(() => shown(ada)[0] === 'cleo unreachable');
      expect(router.url).toBe(`/call#${CALL}`);
    });

    for (const [who, isThere] of [
      ['another member', (ada: ReturnType<typeof page>) => void ada.engagement.markShared()],
      [
        'another person who is being rung',
        (ada: ReturnType<typeof page>) => ada.people.ringIntoCall(ada.people.outgoing()!.code, code, CLEO),
      ],
    ] as const) {
      it(`keeps a call that a declined ring opened, for ${who}`, async () => {
        await there('cleo');
        const ada = page();
        ada.people.ring(code, BEN);
        await until(() => router.url.startsWith('/call#'));
        ada.engagement.begin();
        isThere(ada);
        await answers('declined');
        await until(() => ada.people.outgoing()?.outcome === 'declined');
        await new Promise((resolve) => setTimeout(resolve, 50));
        expect(router.url).toMatch(/^\/call#/);
      });
    }
  });

  describe('being rung', () => {
    const receiveRing = async (into = newCode()) => {
      const ada = await visible();
      await benRings(into);
      await until(() => ada.people.incoming().length > 0);
      return { ...ada, into, ring: ada.people.incoming()[0]! };
    };

    it('opens the call directly on acceptance', async () => {
      const { people, ring, into, engagement } = await receiveRing();
      expect(ring).toEqual(jasmine.objectContaining({ from: { uid: 'ben', name: 'Ben' }, ended: null }));
      people.accept(ring);
      expect(people.incoming()).toEqual([]);
      await until(() => router.url === `/call#${into}` && ringState() === 'accepted');
      await until(() => outcomes()[0] === 'in answered');
      engagement.begin()();
      await until(() => acquaintances.history()[0]!.duration !== null);
    });

    it('opens the call with the camera off on request', async () => {
      const { people, ring, into } = await receiveRing();
      people.accept(ring, 'off');
      await until(() => router.url === `/call#${into}`);
      expect(TestBed.inject(Location).getState()).toEqual(jasmine.objectContaining({ camera: 'off' }));
    });

    it('is answered once the call has been joined', async () => {
      const { people, ring } = await receiveRing();
      let sitDown = () => {};
      // Suppress the one-second timer, after which the answer would be sent anyway.
      const { setTimeout: wait } = window;
      spyOn(window, 'setTimeout').and.callFake(((work: () => void, time?: number) =>
        time === 1_000 ? 0 : wait(work, time)) as typeof window.setTimeout);
      people.accept(ring, 'asRemembered', new Promise<void>((resolve) => (sitDown = resolve)));
      await until(() => router.url.startsWith('/call#'));
      expect(ringState()).toBe('ringing');
      sitDown();
      await until(() => ringState() === 'accepted');
    });

    it('is answered a second later even if it is unknown whether the call has been joined', async () => {
      const { people, ring } = await receiveRing();
      people.accept(ring, 'asRemembered', new Promise(() => undefined));
      await until(() => ringState() === 'accepted');
    });

    it('can be declined with a message', async () => {
      const { people, ring } = await receiveRing();
      people.decline(ring, 'Later');
      await until(() => ringState() === 'declined');
      expect(await ben.messageIn((await ben.ring('ada'))!)).toBe('Later');
      expect(people.incoming()).toEqual([]);
      expect(outcomes()).toEqual(['in declined']);
      expect(router.url).toBe('/lobby');
    });

    for (const [state, answer] of [
      ['declined', (people: LivePeople, ring: IncomingRing) => people.decline(ring, 'Later')],
      ['accepted', (people: LivePeople, ring: IncomingRing) => people.accept(ring)],
    ] as const) {
      it(`is ${state} even if the answer is lost at first`, async () => {
        const { people, ring } = await receiveRing();
        const { answerRing } = LobbyDocuments.prototype;
        let lost = 0;
        spyOn(LobbyDocuments.prototype, 'answerRing').and.callFake(function (this: LobbyDocuments, ...args) {
          return lost++ === 0 ? Promise.reject(new DocumentsError('offline')) : answerRing.apply(this, args);
        });
        answer(people, ring);
        await until(() => ringState() === state);
        expect(lost).toBe(2);
        await until(() => outcomes().length === 1);
        expect(people.incoming()).toEqual([]);
        expect(router.url).toBe(state === 'accepted' ? `/call#${ring.code}` : '/lobby');
      });
    }

    it('is accepted once if only the response was lost', async () => {
      const { people, ring } = await receiveRing();
      const { answerRing } = LobbyDocuments.prototype;
      const asked = spyOn(LobbyDocuments.prototype, 'answerRing').and.callFake(async function (
        this: LobbyDocuments,
        ...args
      ) {
        await answerRing.apply(this, args);
        throw new DocumentsError('offline');
      });
      people.accept(ring);
      await until(() => ringState() === 'accepted');
      asked.and.rejectWith(new DocumentsError('forbidden'));
      await until(() => asked.calls.count() === 2);
      await until(() => outcomes().length === 1);
      expect(outcomes()).toEqual(['in answered']);
      expect(people.incoming()).toEqual([]);
      expect(router.url).toBe(`/call#${ring.code}`);
    });

    it('is missed when it is cancelled, until it is dismissed', async () => {
      const { people, ring } = await receiveRing();
      await ben.endRing({ id: 'ada_ben', revision: 1 }, 'cancelled');
      await until(() => people.incoming()[0]?.ended === 'cancelled');
      expect(outcomes()).toEqual(['in missed']);
      people.accept(ring);
      people.dismiss(ring);
      expect(people.incoming()).toEqual([]);
      expect(router.url).toBe('/lobby');
    });

    it('rings in both pages of a browser, and ends in one when it is answered in the other', async () => {
      const first = await visible();
      const second = page();
      await until(() => second.people.visibility()?.status === 'visible');
      await benRings(newCode());
      await until(() => first.people.incoming().length > 0 && second.people.incoming().length > 0);
      second.people.accept(second.people.incoming()[0]!);
      await until(() => first.people.incoming()[0]?.ended === 'elsewhere');
      expect(second.people.incoming()).toEqual([]);
      expect(outcomes()).toEqual(['in answered']);
    });

    for (const [state, answeredBy, ended] of [
      ['accepted', 'another page', 'elsewhere'],
      ['cancelled', null, 'cancelled'],
    ] as const satisfies (readonly [RingState, string | null, string])[]) {
      it(`returns to the previous page if it was over when Accept was pressed: ${ended}`, async () => {
        const { people, ring } = await receiveRing();
        const now = (await ben.ring('ada'))!;
        spyOn(LobbyDocuments.prototype, 'answerRing').and.rejectWith(new DocumentsError('forbidden'));
        spyOn(LobbyDocuments.prototype, 'ring').and.resolveTo({ ...now, state, answeredBy });
        people.accept(ring);
        await until(() => people.incoming()[0]?.ended === ended);
        await until(() => router.url === '/');
        expect(outcomes()).toEqual(ended === 'elsewhere' ? [] : ['in missed']);
      });
    }

    for (const [what, occupy] of [
      ['in a call', ({ engagement }: ReturnType<typeof page>) => void engagement.begin()],
      [
        'ringing another person',
        ({ people }: ReturnType<typeof page>) => people.ring(code, { uid: 'cleo', name: 'Cleo' }),
      ],
    ] as const) {
      it(`is answered as busy while ${what}, and recorded as missed`, async () => {
        await there('cleo');
        const ada = await visible();
        occupy(ada);
        await benRings(newCode());
        await until(() => ringState() === 'busy');
        expect(ada.people.incoming()).toEqual([]);
        expect(outcomes()).toEqual(['in missed']);
      });
    }

    it('cancels the outgoing ring when another is accepted', async () => {
      await there('cleo');
      const { people, ring } = await receiveRing();
      people.ring(code, { uid: 'cleo', name: 'Cleo' });
      await until(() => router.url.startsWith('/call#'));
      people.accept(ring);
      expect(people.outgoing()).toBeNull();
      await until(() => router.url === `/call#${ring.code}`);
    });

    it('neither shows nor answers rings from blocked people', async () => {
      await acquaintances.block({ lobby: code, uid: 'ben', name: 'Ben' }, true);
      const { people } = await visible();
      await there('cleo');
      const cleo = await documentsOf('cleo');
      await benRings(newCode());
      await cleo.startRing('ada', 0, { name: 'Cleo', code: newCode() }, null);
      await until(() => people.incoming().length > 0);
      expect(people.incoming().map(({ from }) => from.uid)).toEqual(['cleo']);
      expect(ringState()).toBe('ringing');
    });

    it('stays pending, once, when the callee changes their name', async () => {
      const { people } = await receiveRing();
      people.appear(code, 'Ada L.');
      await until(() => people.visibility()?.name === 'Ada L.');
      await ben.appear(0, await ben.card('Ben'), 'dnd', null);
      await until(() => entryOf('ben')?.state === 'dnd');
      expect(people.incoming().length).toBe(1);
    });

    it('ends with visibility', async () => {
      const { people } = await receiveRing();
      people.disappear();
      await until(() => people.incoming().length === 0);
    });
  });

  it('creates lobbies, and reports why it can’t', async () => {
    const { people } = page();
    const made = await people.create();
    expect(made).toMatch(/^[0-9a-z]{4}(-[0-9a-z]{4}){3}$/);
    expect([...database.contents.keys()].some((path) => /^lobbies\/[^/]+$/.test(path))).toBe(true);
    spyOn(LobbyDocuments.prototype, 'create').and.rejectWith(new DocumentsError('quota'));
    await expectAsync(people.create()).toBeRejectedWith(jasmine.objectContaining({ reason: 'quota' }));
  });
});
