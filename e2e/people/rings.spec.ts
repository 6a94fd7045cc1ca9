/** Ringing a person, and every way in which it can end. */
import { Database, callIdOf, type Fields } from '../support/firestore';
import {
  allAppear,
  answer,
  call,
  endOf,
  endPause,
  entriesOf,
  entryOf,
  lobbyIdOf,
  outcomeOf,
  recentOf,
  sheetOf,
  uidOf,
} from '../support/lobby';
import { seeAndHearEachOther, type Person } from '../support/person';
import { expect, test } from '../support/test';
import { capturedTracks, liveTracks } from '../support/tracks';
import { endLate, pass } from '../support/time';

/** A provisional answer in a link's document. */
const ANSWERED_AHEAD = /"pranswer":\{"bytesValue"/;

/** Whether this page has a connection to a peer. */
const isConnected = ({ page }: Person): Promise<boolean> =>
  page.evaluate(() => performance.getEntriesByName('call:connected').length > 0);

/** The rings of a lobby, from the database. */
const ringsOf = async (link: string) => (await Database.as()).list(`lobbies/${lobbyIdOf(link)}/rings`);

/** Holds back what a person writes into a call until `until` resolves. */
const holdEntry = (one: Person, until: () => Promise<unknown>) =>
  one.context.route('**/documents:commit', async (route) => {
    if (route.request().postData()?.includes('/documents/calls/')) await until();
    await route.continue();
  });

test.describe('a ring', () => {
  test('that is accepted leads straight into the call; nothing about the callee is revealed before', async ({
    person,
  }) => {
    const [ada, ben, cleo] = await Promise.all([person('Ada'), person('Ben'), person('Cleo')]);
    const link = await allAppear(ada, ben, cleo);
    const uid = await uidOf(ben);

    await call(ada, ben);
    await expect(sheetOf(ben, ada)).toBeVisible();
    await ada.reads('Waiting for others');
    await expect(outcomeOf(ada, 'Calling Ben…')).toBeVisible();
    const database = await Database.as();
    const callId = await callIdOf(ada.code);
    let paths: readonly string[] = [];
    let documents: readonly (Fields | null)[] = [];
    const look = async () => {
      paths = await database.pathsOf(callId);
      documents = await Promise.all(paths.map((path) => database.get(path)));
      return JSON.stringify(documents);
    };
    // The provisional answer is published, but no media flows yet.
    await expect.poll(look).toMatch(ANSWERED_AHEAD);
    // Time in which an answer would have been written.
    await pass(1_500);
    await look();
    expect(paths.filter((path) => /\/seats\/\d$/.test(path)).length).toBe(1);
    expect(JSON.stringify([paths, documents])).not.toContain(uid);
    expect(JSON.stringify(documents)).not.toMatch(/"answer":\{"(?:map|bytes)Value"/);
    for (const one of [ada, ben]) expect(await isConnected(one)).toBe(false);
    expect(await liveTracks(ben.page, 'video')).toBe(0);
    expect(await liveTracks(ben.page, 'audio')).toBe(0);

    await answer(ben, ada, 'Accept');
    await ben.reads('Connected');
    await seeAndHearEachOther(ada, ben);
    await expect(outcomeOf(ada, 'Calling Ben…')).toHaveCount(0);

    // A person in a call is not interrupted by a ring.
    await expect(entryOf(cleo, ben)).toContainText('In a call');
    await call(cleo, ben);
    await expect(outcomeOf(cleo, 'Ben is in a call')).toBeVisible();
    await expect(sheetOf(ben, cleo)).toHaveCount(0);
    await expect(cleo.page.getByRole('heading', { name: 'People online' })).toBeVisible();
    await ben.turn('Camera', false);
    await Promise.all([ada.leave(), ben.leave()]);

    // Called back from the list of recent calls: Ben is rung where he is now, and his camera stays as he left it.
    await ada.open(link);
    await expect(recentOf(ada).first()).toContainText(/You called · Lasted 0:\d\d/);
    await endPause(link);
    await recentOf(ada).first().getByRole('button', { name: 'Call back Ben' }).click();
    await answer(ben, ada, 'Accept');
    await ada.seesAvatarOf(ben);
    await Promise.all([ada.hears(ben), ben.seesAndHears(ada)]);
    expect(await liveTracks(ben.page, 'video')).toBe(0);
  });

  test('that is accepted without camera leaves it closed until it is turned on', async ({ person }) => {
    const [ada, ben] = await Promise.all([person('Ada'), person('Ben')]);
    await allAppear(ada, ben);
    await call(ada, ben);
    await answer(ben, ada, 'Answer without camera');
    await ben.reads('Connected');
    await ada.seesAvatarOf(ben);
    await Promise.all([ada.hears(ben), ben.seesAndHears(ada)]);
    expect(await capturedTracks(ben.page, 'video')).toBe(0);
    await ben.turn('Camera', true);
    await ada.sees(ben);
  });

  test('connects when Accept is pressed, even before the database has the answer', async ({ person }) => {
    // A member without a seat is turned away after 30 s, which this test is not about.
    const [ada, ben] = await Promise.all([
      person('Ada', { before: endLate }),
      person('Ben', { before: endLate }),
    ]);
    await allAppear(ada, ben);
    await call(ada, ben);
    await expect(sheetOf(ben, ada)).toBeVisible();
    await ada.reads('Waiting for others');
    const database = await Database.as();
    const callId = await callIdOf(ada.code);
    const inCall = async () => {
      const paths = await database.pathsOf(callId);
      return JSON.stringify(await Promise.all(paths.map(async (path) => [path, await database.get(path)])));
    };
    await expect.poll(inCall).toMatch(ANSWERED_AHEAD);
    let letThrough = () => {};
    const held = new Promise<void>((resolve) => (letThrough = resolve));
    await holdEntry(ben, () => held);
    await answer(ben, ada, 'Accept');
    await ada.seesAndHears(ben);
    expect(await inCall()).not.toContain('/seats/1"');
    await expect(outcomeOf(ada, 'Calling Ben…')).toHaveCount(0);
    letThrough();
    await Promise.all([ada.reads('Connected'), ben.reads('Connected')]);
    await expect.poll(inCall).toContain('/seats/1"');
    await ada.leave();
    await ben.reads('Waiting for others');
  });

  test('can be accepted before the caller is in the call', async ({ person }) => {
    const [ada, ben] = await Promise.all([person('Ada'), person('Ben')]);
    await allAppear(ada, ben);
    // Ben finds no call and creates it, but Ada is slightly faster.
    let came = () => {};
    const bensCame = new Promise<void>((resolve) => (came = resolve));
    await holdEntry(ada, () => bensCame);
    const database = await Database.as();
    await holdEntry(ben, async () => {
      came();
      await expect.poll(async () => database.get(`calls/${await callIdOf(ada.code)}`)).not.toBeNull();
    });
    await call(ada, ben);
    await answer(ben, ada, 'Accept');
    await Promise.all([ada.reads('Connected'), ben.reads('Connected')]);
    await seeAndHearEachOther(ada, ben);
  });

  test('can be declined with or without a message, cancelled, or impossible', async ({ person }) => {
    const [ada, ben, cleo] = await Promise.all([person('Ada'), person('Ben'), person('Cleo')]);
    const link = await allAppear(ada, ben, cleo);

    await call(ada, ben);
    await answer(ben, ada, 'Decline');
    await expect(outcomeOf(ada, 'Ben declined')).toBeVisible();
    await expect(ada.page).toHaveURL(link);
    await outcomeOf(ada, 'Ben declined').getByRole('button', { name: 'Call again' }).click();
    await expect(outcomeOf(ada, 'You just called Ben')).toBeVisible();
    await outcomeOf(ada, 'You just called Ben').getByRole('button', { name: 'Close' }).click();

    await call(ben, ada);
    await sheetOf(ada, ben).getByRole('button', { name: 'Decline with a message' }).click();
    await sheetOf(ada, ben).getByRole('textbox', { name: 'Your message' }).fill('In ten minutes, 好吗?');
    await ada.press('Send and decline');
    await expect(outcomeOf(ben, 'Ada declined')).toContainText('In ten minutes, 好吗?');

    await call(ada, cleo);
    await expect(sheetOf(cleo, ada)).toBeVisible();
    await outcomeOf(ada, 'Calling Cleo…').getByRole('button', { name: 'Cancel' }).click();
    await expect(sheetOf(cleo, ada)).toHaveCount(0);
    await expect(endOf(cleo, 'Ada hung up')).toBeVisible();
    await endOf(cleo, 'Ada hung up').getByRole('button', { name: 'Close' }).click();
    await expect(outcomeOf(ada, /./).filter({ hasText: 'Calling' })).toHaveCount(0);

    // Do not disturb: visible, but can't be called.
    await cleo.page.getByRole('switch', { name: 'Do not disturb' }).click();
    await expect(entryOf(ben, cleo)).toContainText('Do not disturb');
    await expect(ben.page.getByRole('button', { name: 'Call Cleo' })).toBeDisabled();

    // Ada leaves at the moment in which Cleo presses the button.
    const uid = await uidOf(ada);
    await cleo.page.route(/\/lobbies\/[^/]+:runQuery/, async (route) => {
      await ada.page.close();
      await expect.poll(async () => Object.keys(await entriesOf(link))).not.toContain(uid);
      await route.continue();
    });
    await call(cleo, ada);
    await expect(outcomeOf(cleo, 'Ada is no longer online')).toContainText(
      'Parley can’t ring them until they open it again',
    );
    await expect(cleo.page).toHaveURL(link);
  });

  test('from both people at the same moment becomes one call', async ({ person }) => {
    const [ada, ben] = await Promise.all([person('Ada'), person('Ben')]);
    const link = await allAppear(ada, ben);
    await expect(entryOf(ada, ben)).toBeVisible();
    await expect(entryOf(ben, ada)).toBeVisible();
    // Both press before either ring is written.
    let pressed = 0;
    let go = () => {};
    const both = new Promise<void>((resolve) => (go = resolve));
    for (const { context } of [ada, ben]) {
      await context.route('**/documents:commit', async (route) => {
        if (route.request().postData()?.includes('/rings/')) {
          if (++pressed === 2) go();
          await both;
        }
        await route.continue();
      });
    }
    await Promise.all([call(ada, ben), call(ben, ada)]);
    await Promise.all([ada.reads('Connected'), ben.reads('Connected')]);
    await seeAndHearEachOther(ada, ben);
    expect(ada.code).toBe(ben.code);
    const rings = await ringsOf(link);
    expect(rings.map(({ fields }) => fields['state'])).toEqual([{ stringValue: 'accepted' }]);
    await expect(sheetOf(ada, ben)).toHaveCount(0);
    await expect(sheetOf(ben, ada)).toHaveCount(0);
  });
});
