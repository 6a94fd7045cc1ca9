import { firstValueFrom } from 'rxjs';

import type { Write } from '../firebase/documents';
import type { LivePerson } from '../testing/live-person';
import { MemoryDocuments } from '../testing/memory-documents';
import { membersOf, MeshScene } from '../testing/mesh-scene';
import { within } from '../testing/within';

const statusOf = (person: LivePerson, uid: string) =>
  membersOf(person).find(({ name }) => name === uid)?.status;

/** The statuses that one person has seen of another since they were first connected. */
const seenSince = ({ states }: LivePerson, uid: string) => {
  const all = states.flatMap((state) =>
    state.phase === 'seated' ? [state.members.find(({ name }) => name === uid)?.status ?? 'missing'] : [],
  );
  return new Set(all.slice(all.indexOf('connected')));
};

describe('Links of a mesh', () => {
  let scenes: MeshScene[];
  const scene = (seed = 1) => {
    const made = new MeshScene(seed);
    scenes.push(made);
    return made;
  };
  const call = async (of: MeshScene, ...uids: readonly string[]) => {
    const people = [await of.start(uids[0]!)];
    for (const uid of uids.slice(1)) people.push(await of.join(uid));
    await of.full(...people);
    return people;
  };

  beforeEach(() => {
    sessionStorage.clear();
    scenes = [];
  });
  afterEach(() => scenes.forEach((each) => each.end()));

  describe('of the eighth member', () => {
    const SEVEN = ['ada', 'ben', 'cleo', 'dan', 'eve', 'finn', 'gus'];
    let people: LivePerson[];
    let mesh: MeshScene;
    /** What Hal commits. */
    let commits: (readonly Write[])[];

    beforeEach(async () => {
      mesh = scene();
      people = await call(mesh, ...SEVEN);
      await mesh.until(() => mesh.standing(7) === 7);
      commits = [];
    }, within(30_000));

    const hal = () => {
      const made = mesh.person('hal');
      const { documents } = made;
      const commit = documents.commit.bind(documents);
      spyOn(documents, 'commit').and.callFake((writes) => (commits.push(writes), commit(writes)));
      return made;
    };

    it(
      'are all answered by one commit, prepared at the same time',
      async () => {
        // One after another, the seven would take three times as long as Join waits.
        for (const uid of SEVEN) mesh.network.simulateSlow('hal', uid, 300);
        const late = await mesh.open('hal', hal());
        late.call.join('hal');
        await mesh.full(...people, late);
        expect(commits.map(({ length }) => length)).toEqual([8]);
        // All seats are taken, so nobody prepares for a ninth member.
        await mesh.moment(20);
        expect(mesh.standing(8)).toBe(0);
      },
      within(60_000),
    );

    it(
      'are made without waiting for a slow one, which follows',
      async () => {
        mesh.network.simulateSlow('hal', 'ada', 2_500);
        const late = await mesh.open('hal', hal());
        late.call.join('hal');
        await mesh.until(() => membersOf(late).filter(({ status }) => status === 'connected').length === 6);
        expect(statusOf(late, 'ada')).not.toBe('connected');
        expect(commits[0]!.length).toBe(7);
        await mesh.full(...people, late);
        expect(commits.map(({ length }) => length)).toEqual([7, 1]);
      },
      within(60_000),
    );
  });

  it(
    'for later members cost a call of two nothing until it is connected',
    async () => {
      // A device that doesn't know the ICE servers yet reads them once.
      const get = spyOn(MemoryDocuments.prototype, 'get').and.callThrough();
      const mesh = scene();
      const ada = await mesh.start('ada');
      await mesh.until(() => mesh.standing(1) === 1);
      const people = [ada, await mesh.join('ben')];
      await mesh.full(...people);
      const spent = () =>
        people.map(({ documents }) => {
          let count = { writes: 0, reads: 0 };
          documents.operations$.subscribe((now) => (count = now)).unsubscribe();
          return count;
        });
      const sum = (key: 'writes' | 'reads') => spent().reduce((all, each) => all + each[key], 0);
      const readsOfServers = get.calls.allArgs().filter(([path]) => path === 'config/ice').length;
      expect([sum('writes'), sum('reads') - readsOfServers]).toEqual([5, 9]);
      expect(mesh.standing(2)).toBe(0);
      expect([mesh.network.madeBy('ada'), mesh.network.madeBy('ben')]).toEqual([1, 1]);
      await mesh.until(() => mesh.standing(2) === 2);
      expect([mesh.network.madeBy('ada'), mesh.network.madeBy('ben')]).toEqual([2, 2]);
    },
    within(30_000),
  );

  it(
    'that can’t be made say so on both sides, and disturb no other',
    async () => {
      await Promise.all(
        Array.from({ length: 20 }, async (_, seed) => {
          const mesh = scene(seed);
          mesh.network.simulateBlocked('ben', 'cleo');
          const [ada, ben] = await call(mesh, 'ada', 'ben');
          const cleo = await mesh.join('cleo');
          const obstacleIn = (person: LivePerson, uid: string) =>
            membersOf(person).find(({ name }) => name === uid)?.obstacle;
          await mesh.until(
            () => !!obstacleIn(ben!, 'cleo') && !!obstacleIn(cleo, 'ben'),
            () => '',
            20_000,
          );
          expect([ada!, ben!, cleo].map((each) => membersOf(each).length)).toEqual([2, 2, 2]);
          expect([statusOf(ada!, 'ben'), statusOf(ada!, 'cleo')]).toEqual(['connected', 'connected']);
          expect([obstacleIn(ada!, 'cleo'), obstacleIn(cleo, 'ada')]).toEqual([null, null]);
          for (const [one, uid] of [
            [ada!, 'ben'],
            [ben!, 'ada'],
            [ada!, 'cleo'],
            [cleo, 'ada'],
          ] as const)
            expect([...seenSince(one, uid)]).toEqual(['connected']);
          // Everything else is settled, so the next member is prepared for.
          await mesh.until(() => mesh.standing(3) === 3);
        }),
      );
    },
    within(60_000),
  );

  it(
    'that break disturb no other, and come back',
    async () => {
      const mesh = scene();
      const people = await call(mesh, 'ada', 'ben', 'cleo', 'dan');
      const [, ben, cleo] = people;
      const before = people.map(({ documents }) => mesh.network.madeBy(documents.uid));
      mesh.network.simulateBlocked('ben', 'cleo');
      await mesh.until(
        () => statusOf(ben!, 'cleo') === 'reconnecting' && statusOf(cleo!, 'ben') === 'reconnecting',
      );
      mesh.network.simulateBlocked('ben', 'cleo', false);
      await mesh.full(...people);
      for (const one of people)
        for (const { documents } of people) {
          const pair = [one.documents.uid, documents.uid].sort().join();
          if (one.documents === documents || pair === 'ben,cleo') continue;
          expect([...seenSince(one, documents.uid)])
            .withContext(pair)
            .toEqual(['connected']);
        }
      // No link was made again: at most a standing offer each.
      const after = people.map(({ documents }) => mesh.network.madeBy(documents.uid));
      expect(after.every((made, index) => made - before[index]! <= 1)).toBeTrue();
    },
    within(60_000),
  );

  it(
    'probe Firestore together when all of them are silent',
    async () => {
      const mesh = scene();
      const [ada] = await call(mesh, 'ada', 'ben', 'cleo', 'dan');
      const reach = spyOn(ada!.documents, 'reach').and.callThrough();
      for (const uid of ['ben', 'cleo', 'dan']) mesh.network.simulateBlocked('ada', uid);
      await mesh.until(() => membersOf(ada!).every(({ status }) => status === 'reconnecting'));
      await new Promise((resolve) => setTimeout(resolve, 5_000));
      // At once, after 4 s, and perhaps once more between the links' own intervals.
      expect(reach.calls.count()).toBeGreaterThanOrEqual(1);
      expect(reach.calls.count()).toBeLessThanOrEqual(3);
    },
    within(60_000),
  );

  it(
    'are made again by a member whom the host gave up, under a new stay',
    async () => {
      const mesh = scene();
      const people = await call(mesh, 'ada', 'ben', 'cleo');
      const [ada, ben, cleo] = people;
      const { session } = membersOf(ada!).find(({ name }) => name === 'cleo')!;
      for (const uid of ['ada', 'ben']) mesh.network.simulateBlocked('cleo', uid);
      await mesh.until(() => membersOf(cleo!).every(({ status }) => status === 'reconnecting'));
      // What the host does once Cleo was not heard for 40 s.
      const [seat] = [...mesh.database.contents].find(([, fields]) => fields['session'] === session)!;
      await ada!.documents.commit([{ kind: 'delete', path: seat }]);
      await mesh.until(() => membersOf(ada!).every((member) => member.session !== session));
      for (const uid of ['ada', 'ben']) mesh.network.simulateBlocked('cleo', uid, false);
      await mesh.full(ada!, ben!, cleo!);
      expect(membersOf(ada!).find(({ name }) => name === 'cleo')!.session).not.toBe(session);
      expect(cleo!.states.map(({ phase }) => phase)).not.toContain('failed');
      const left = await firstValueFrom(ada!.call.left$);
      expect([...left]).toContain(session);
    },
    within(60_000),
  );
});
