import { bytes, callIdOf, Database, endLease, setSeats, text, timestamp } from '../support/firestore';
import { seeAndHearEachOther } from '../support/person';
import { expect, test } from '../support/test';

test.describe('a third person at a call with two seats', () => {
  test('sees that it is full, is refused by the rules, and can join when a member leaves', async ({
    person,
  }) => {
    const [ada, ben, cleo] = await Promise.all([person('Ada'), person('Ben'), person('Cleo')]);
    await ada.startCall();
    const { link, code } = ada;
    await setSeats(code, 2);
    await ben.join(link);
    await ada.sees(ben);

    await cleo.open(link);
    await cleo.isTold('This call is full');

    // A user who knows the code and writes without the app.
    const { uid, database } = await Database.asStranger();
    const call = `calls/${await callIdOf(code)}`;
    const ahead = (minutes: number) => timestamp(Date.now() + minutes * 60_000);
    const takeSeat = (seat: number) =>
      database.commit([
        {
          name: `${call}/seats/${seat}`,
          fields: {
            uid: text(uid),
            session: text('0123456789abcdef'),
            lease: ahead(2),
            card: bytes(new Uint8Array(40)),
            expiresAt: ahead(60),
          },
          now: 'since',
        },
      ]);
    expect(await takeSeat(0)).toBe(403);
    expect(await takeSeat(1)).toBe(403);
    expect(await takeSeat(2)).toBe(403);
    expect(await database.remove(`${call}/seats/1`)).toBe(403);
    await expect(database.list(`${call}/seats/1/links`)).rejects.toThrow('403');
    await expect(database.list('calls')).rejects.toThrow('403');

    await ben.leave();
    await expect(cleo.joinButton).toBeEnabled();
    await cleo.joinNow();
    await seeAndHearEachOther(ada, cleo);

    // The same writes are allowed when the seat is free, so they were refused because it was taken.
    await cleo.leave();
    await expect.poll(() => takeSeat(1)).toBe(200);
    await endLease(code, 1);
  });
});

test('a call of a later version is not joined, and its members stay', async ({ person }) => {
  const [ada, ben, cleo] = await Promise.all([person('Ada'), person('Ben'), person('Cleo')]);
  await ada.startCall();
  await ben.join(ada.link);
  await seeAndHearEachOther(ada, ben);
  const database = await Database.as();
  const call = `calls/${await callIdOf(ada.code)}`;
  const seats = async () => (await database.list(`${call}/seats`)).length;

  await database.change(call, { mode: text('bridge') });
  await cleo.open(ada.link);
  await cleo.isTold('Update Parley to join');
  expect(await seats()).toBe(2);
  await ada.seesAndHears(ben);

  // The page loads again, and with it everything that a newer version would bring.
  await database.change(call, { mode: text('mesh') });
  await ben.leave();
  await cleo.page.getByRole('button', { name: 'Reload' }).click();
  await cleo.joinNow();
  await seeAndHearEachOther(ada, cleo);
});
