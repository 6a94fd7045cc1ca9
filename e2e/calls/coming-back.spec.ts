import { callIdOf, Database, endLease, seatPath, setSeats } from '../support/firestore';
import { seeAndHearEachOther } from '../support/person';
import { expect, test } from '../support/test';
import { within } from '../../tools/patience.mjs';

test.describe('a reload in the call', () => {
  test('returns to the same seat by itself, with media both ways', async ({ person }) => {
    const [ada, ben] = await Promise.all([person('Ada'), person('Ben')]);
    await ada.startCall();
    const database = await Database.as();
    const seat = await seatPath(ada.code, 1);
    await ben.join(ada.link);
    await ada.sees(ben);
    const before = await database.get(seat);

    await ben.page.reload();
    await expect(ben.controls).toBeVisible();
    await seeAndHearEachOther(ada, ben);
    const after = await database.get(seat);
    expect(after?.['uid']).toEqual(before?.['uid']);
    expect(after?.['session']).not.toEqual(before?.['session']);

    // The same for the host.
    await ada.page.reload();
    await expect(ada.controls).toBeVisible();
    await seeAndHearEachOther(ada, ben);
    expect((await database.get(await seatPath(ada.code, 0)))?.['uid']).not.toEqual(after?.['uid']);
    expect((await database.get(seat))?.['session']).toEqual(after?.['session']);
  });

  test('while waiting alone keeps the call, which can still be joined', async ({ person }) => {
    const [ada, ben] = await Promise.all([person('Ada'), person('Ben')]);
    await ada.startCall();
    const { link } = ada;
    await ada.page.reload();
    await ada.reads('Waiting for others');
    expect(ada.link).toBe(link);
    const database = await Database.as();
    expect(await database.get(await seatPath(ada.code, 0))).not.toBeNull();
    await ben.join(link);
    await seeAndHearEachOther(ada, ben);
  });
});

test.describe('a browser that is killed', () => {
  test('frees its seat when its lease expires', { tag: '@waiting' }, async ({ person, mortal }) => {
    test.setTimeout(within(90_000));
    const [ada, ben, cleo] = await Promise.all([person('Ada'), mortal('Ben'), person('Cleo')]);
    await ada.startCall();
    const { link, code } = ada;
    await setSeats(code, 2);
    await ben.join(link);
    await ada.sees(ben);
    await cleo.open(link);
    await cleo.isTold('This call is full');

    await ben.kill();
    const database = await Database.as();
    expect(await database.get(await seatPath(code, 1))).not.toBeNull();
    await ada.reads('Reconnecting');
    await endLease(code, 1);
    await ada.hasRead('Ben lost connection');
    await expect(ada.tile(ben)).toHaveCount(0);
    await expect(cleo.joinButton).toBeEnabled();
    await cleo.joinNow();
    await seeAndHearEachOther(ada, cleo);
    // Ben's documents have been swept.
    await ada.leave();
    await cleo.leave();
    const callId = await callIdOf(code);
    await expect.poll(() => database.pathsOf(callId)).toEqual([]);
  });

  test('gets its own seat back if it returns before that', async ({ person, mortal }) => {
    const [ada, ben] = await Promise.all([person('Ada'), mortal('Ben')]);
    await ada.startCall();
    const { link, code } = ada;
    await ben.join(link);
    await ada.sees(ben);
    const database = await Database.as();
    const seat = await seatPath(code, 1);
    const before = await database.get(seat);

    await ben.kill();
    const again = await ben.restart();
    await again.join(link);
    await seeAndHearEachOther(ada, again);
    const after = await database.get(seat);
    expect(after?.['uid']).toEqual(before?.['uid']);
    expect(after?.['session']).not.toEqual(before?.['session']);
  });
});
