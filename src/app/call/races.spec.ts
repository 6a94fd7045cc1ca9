import { LivePerson } from '../testing/live-person';
import { membersOf, MeshScene } from '../testing/mesh-scene';
import { within } from '../testing/within';

const HOUR = 3_600_000;
/** How often each race is run, and how many of them at a time. */
const REPEATS = 20;
const AT_ONCE = 10;

type Race = (scene: MeshScene, seed: number) => Promise<void>;

/** Ada's call, in which Ben and perhaps Cleo are connected. Every second time, the standing offers of all are published. */
async function gathered(scene: MeshScene, seed: number, ...uids: readonly string[]): Promise<LivePerson[]> {
  const people = [await scene.start('ada')];
  for (const uid of uids) people.push(await scene.join(uid));
  await scene.full(...people);
  if (seed % 2 === 0) await scene.until(() => scene.standing(people.length) === people.length);
  return people;
}

const races: Readonly<Record<string, Race>> = {
  'two people join at the same moment': async (scene, seed) => {
    const people = await gathered(scene, seed, 'ben');
    const [cleo, dan] = await Promise.all([scene.open('cleo'), scene.open('dan')]);
    cleo.call.join('cleo');
    await scene.moment(20);
    dan.call.join('dan');
    await scene.full(...people, cleo, dan);
  },

  'one leaves while another joins': async (scene, seed) => {
    const [ada, ben, cleo] = await gathered(scene, seed, 'ben', 'cleo');
    const dan = await scene.open('dan');
    const joins = scene.moment(60).then(() => dan.call.join('dan'));
    await scene.moment(60);
    ben!.call.leave();
    await joins;
    await scene.full(ada!, cleo!, dan);
    await ben!.phase('left');
  },

  'the host leaves while another joins': async (scene, seed) => {
    const [ada, ben, cleo] = await gathered(scene, seed, 'ben', 'cleo');
    const dan = await scene.open('dan');
    const joins = scene.moment(60).then(() => dan.call.join('dan'));
    await scene.moment(60);
    ada!.call.leave();
    await joins;
    await scene.full(ben!, cleo!, dan);
  },

  'a page is reloaded in the middle of joining': async (scene, seed) => {
    const people = await gathered(scene, seed, 'ben');
    const before = await scene.open('cleo');
    before.call.join('cleo');
    await scene.moment(120);
    scene.crash(before);
    const cleo = await scene.open('cleo');
    cleo.call.join('cleo');
    await scene.full(...people, cleo);
  },

  'a page whose clock is an hour off joins': async (scene, seed) => {
    const people = await gathered(scene, seed, 'ben');
    const late = scene.person('cleo');
    late.documents.simulateWrongClock(seed % 4 < 2 ? HOUR : -HOUR);
    const cleo = await scene.open('cleo', late);
    cleo.call.join('cleo');
    await scene.full(...people, cleo);
  },

  'two people of the same name join': async (scene, seed) => {
    const people = await gathered(scene, seed, 'ben');
    const both = await Promise.all([scene.open('sam'), scene.open('sue')]);
    for (const { call } of both) call.join('Sam');
    const all = [...people, ...both];
    await scene.until(() =>
      all.every((each) => membersOf(each).filter(({ status }) => status === 'connected').length === 3),
    );
    expect(membersOf(people[0]!).map(({ name }) => name)).toEqual(['ben', 'Sam', 'Sam']);
    expect(new Set(membersOf(people[0]!).map(({ session }) => session)).size).toBe(3);
  },
};

describe('A mesh is full', () => {
  beforeEach(() => sessionStorage.clear());

  const run = async (race: Race, seed: number) => {
    const scene = new MeshScene(seed);
    try {
      await race(scene, seed);
    } catch (cause) {
      throw new Error(`seed ${seed}: ${String((cause as Error).message)}`, { cause });
    } finally {
      scene.end();
    }
  };

  for (const [what, race] of Object.entries(races)) {
    it(
      `after ${what}`,
      async () => {
        for (let seed = 1; seed <= REPEATS; seed += AT_ONCE)
          await Promise.all(Array.from({ length: AT_ONCE }, (_, more) => run(race, seed + more)));
      },
      within(120_000),
    );
  }
});
