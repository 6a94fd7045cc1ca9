import { Apart, Carried, connectionsOf, diaryOf } from '../support/apart';
import { firestorePort } from '../support/environment';
import { Database, endLease, seatPath } from '../support/firestore';
import { namespacesMissing } from '../support/namespaces';
import { seeAndHearEachOther } from '../support/person';
import { expect, test } from '../support/test';
import { within } from '../../tools/patience.mjs';
import { pass } from '../support/time';

const missing = namespacesMissing();

// These tests run one after the other, because each keeps the machine busy for a minute.
test.describe.configure({ mode: 'default' });

test.describe('a network that breaks', () => {
  test.skip(missing !== null, `Needs network namespaces: ${missing}`);

  test('is shown to both, and heals without tearing anything down', { tag: '@apart' }, async ({ watch }) => {
    const apart = await Apart.start(watch);
    try {
      const [ada, ben] = apart.people;
      await ada.startCall();
      await ben.join(ada.link);
      await seeAndHearEachOther(ada, ben);
      const before = await Promise.all(apart.people.map(connectionsOf));

      apart.network.cut('everything');
      await Promise.all([
        expect(ada.tile(ben)).toContainText('Reconnecting'),
        expect(ben.tile(ada)).toContainText('Reconnecting'),
      ]);
      apart.network.mend();
      await Promise.all([ada.reads('Connected'), ben.reads('Connected')]);
      await expect(ada.tile(ben)).not.toContainText('Reconnecting');
      await seeAndHearEachOther(ada, ben);
      expect(await Promise.all(apart.people.map(connectionsOf))).toEqual(before);
    } finally {
      await apart.end();
    }
  });

  test(
    'because a browser was killed removes its tile after half a minute, and says whose',
    // Nearly all of its time is spent waiting for a person who does not come back.
    { tag: '@waiting' },
    async ({ watch }) => {
      test.setTimeout(within(90_000));
      const apart = await Apart.start(watch);
      try {
        const [ada, ben] = apart.people;
        await ada.startCall();
        await ben.join(ada.link);
        await ada.sees(ben);
        const killed = Date.now();
        await apart.killBen();
        await ada.reads('Reconnecting');
        await expect(ada.tile(ben)).toHaveCount(0, { timeout: within(36_000) });
        // Not earlier, because he may come back until then. bench/recovery measures how soon after that.
        expect(Date.now() - killed).toBeGreaterThan(28_000);
        await ada.hasRead('Ben is gone without a goodbye');
        // The seat stays Ben's while his lease runs.
        const database = await Database.as();
        expect(await database.get(await seatPath(ada.code, 1))).not.toBeNull();
      } finally {
        await apart.end();
      }
    },
  );
});

test(
  'a running call survives a Firestore that hangs for a minute',
  { tag: '@waiting' },
  async ({ watch }) => {
    test.setTimeout(within(150_000));
    const carried = await Carried.start(watch);
    try {
      const { carrier, people } = carried;
      const [ada, ben] = people;
      await ada.startCall();
      await ben.join(ada.link);
      await seeAndHearEachOther(ada, ben);
      const { code } = ada;
      const before = await Promise.all(people.map(connectionsOf));

      carrier.set(firestorePort, 'stopped');
      // Nobody can renew. Both leases will have expired when it is back, as after a longer time.
      await Promise.all([endLease(code, 0), endLease(code, 1)]);
      const hung = pass(60_000);
      await ben.turn('Camera', false);
      await ada.seesAvatarOf(ben);
      await ben.turn('Camera', true);
      // The pictures don't matter here, and cameras take processor time from other tests.
      await Promise.all(people.map((person) => person.turn('Camera', false)));
      await hung;
      await Promise.all(people.map((person) => person.turn('Camera', true)));
      await seeAndHearEachOther(ada, ben);
      await expect(ada.tile(ben)).not.toContainText('Reconnecting');

      carrier.set(firestorePort, 'running');
      const database = await Database.as();
      for (const seat of [0, 1]) {
        const path = await seatPath(code, seat);
        const lease = async () =>
          Date.parse(String((await database.get(path))?.['lease']?.['timestampValue']));
        await expect.poll(lease, { timeout: within(40_000) }).toBeGreaterThan(Date.now());
      }
      await Promise.all([ada.reads('Connected'), ben.reads('Connected')]);
      await seeAndHearEachOther(ada, ben);
      const diaries = (await Promise.all(people.map(diaryOf))).join('\n');
      expect(await Promise.all(people.map(connectionsOf)), diaries).toEqual(before);
    } finally {
      await carried.end();
    }
  },
);
