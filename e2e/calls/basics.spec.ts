import { callIdOf, Database } from '../support/firestore';
import { seeAndHearEachOther } from '../support/person';
import { expect, test } from '../support/test';
import { liveTracks } from '../support/tracks';

test.describe('a call between two', () => {
  test('is created, shared by its link and joined: both see and hear each other', async ({ person }) => {
    const [ada, ben] = await Promise.all([person('Ada'), person('Ben')]);
    await ada.newCall();
    await ada.joinNow();
    await ada.reads('Waiting for others');
    await ada.press('Copy link');
    await ben.join(await ada.paste());
    await seeAndHearEachOther(ada, ben);
    await ada.reads('Connected');
    await ben.reads('Connected');
    await expect(ada.ownTile).toBeVisible();
    const timer = ada.page.getByRole('timer');
    await expect(timer).toHaveText(/^0:\d\d$/);
    const shown = await timer.textContent();
    await expect(timer).not.toHaveText(shown!);
  });

  test('is joined by typing the code shown in the invite panel', async ({ person }) => {
    const [ada, ben] = await Promise.all([person('Ada'), person('Ben')]);
    await ada.startCall();
    const code = await ada.page.getByTestId('call-code').textContent();
    expect(code?.trim()).toBe(ada.code);
    // People type capitals, write O for 0, and leave out dashes.
    await ben.typeCode(code!.trim().toUpperCase().replaceAll('0', 'O').replaceAll('-', ' '));
    await expect(ben.page.getByText('Ada is in the call.')).toBeVisible();
    await ben.joinNow();
    await Promise.all([ada.sees(ben), ben.sees(ada)]);
  });

  test('two windows of one browser call each other', async ({ person, anotherWindow }) => {
    const ada = await person('Ada');
    await ada.startCall();
    const twin = await anotherWindow(ada, 'Twin');
    await twin.join(ada.link);
    await Promise.all([ada.sees(twin), twin.sees(ada)]);
    await ada.reads('Connected');
  });

  test('muting the microphone silences it for the peer, who sees that it is off', async ({ person }) => {
    const [ada, ben] = await Promise.all([person('Ada'), person('Ben')]);
    await ada.startCall();
    await ben.join(ada.link);
    await ben.hears(ada);
    const muted = ben.tile(ada).getByText('Microphone off');
    await expect(muted).toHaveCount(0);

    await ada.turn('Microphone', false);
    await expect(muted).toBeAttached();
    await ben.hearsNothingFrom(ada);
    await expect.poll(() => liveTracks(ada.page, 'audio')).toBe(0);
    await ben.sees(ada);

    await ada.turn('Microphone', true);
    await ben.hears(ada);
    await expect(muted).toHaveCount(0);
  });

  test('turning the camera off turns off its light and shows initials to the peer', async ({ person }) => {
    const [ada, ben] = await Promise.all([person('Ada'), person('Ben')]);
    await ada.startCall();
    await ben.join(ada.link);
    await ben.sees(ada);
    await expect.poll(() => liveTracks(ada.page, 'video')).toBe(1);

    await ada.turn('Camera', false);
    await expect.poll(() => liveTracks(ada.page, 'video')).toBe(0);
    await ben.seesAvatarOf(ada);
    await ben.hears(ada);

    await ada.turn('Camera', true);
    await ben.sees(ada);
    expect(await liveTracks(ada.page, 'video')).toBe(1);
  });
});

test.describe('leaving', () => {
  test('by the button is shown to the peer, and turns off camera and microphone', async ({ person }) => {
    const [ada, ben] = await Promise.all([person('Ada'), person('Ben')]);
    await ada.startCall();
    await ben.join(ada.link);
    await ada.sees(ben);
    await ben.leave();
    await ada.hasRead('Ben left');
    await expect(ada.tile(ben)).toHaveCount(0);
    await expect.poll(() => liveTracks(ben.page, 'video')).toBe(0);
    expect(await liveTracks(ben.page, 'audio')).toBe(0);
    await expect(ben.page.getByText(/You were in the call for 0:\d\d/)).toBeVisible();
  });

  test('frees the seat, for the member who left and for another person', async ({ person }) => {
    const [ada, ben, cleo] = await Promise.all([person('Ada'), person('Ben'), person('Cleo')]);
    await ada.startCall();
    const { link } = ada;
    await ben.join(link);
    await ada.sees(ben);

    await ben.leave();
    await ben.press('Rejoin');
    await expect(ben.controls).toBeVisible();
    await seeAndHearEachOther(ada, ben);

    await ben.leave();
    await cleo.join(link);
    await seeAndHearEachOther(ada, cleo);
  });

  test('is possible for the host, who can come back', async ({ person }) => {
    const [ada, ben] = await Promise.all([person('Ada'), person('Ben')]);
    await ada.startCall();
    await ben.join(ada.link);
    await ben.sees(ada);
    await ada.leave();
    await ben.hasRead('Ada left');
    await ada.press('Rejoin');
    await expect(ada.controls).toBeVisible();
    await seeAndHearEachOther(ada, ben);
  });

  test('by closing the window sends a farewell too', async ({ person }) => {
    const [ada, ben] = await Promise.all([person('Ada'), person('Ben')]);
    await ada.startCall();
    const { link } = ada;
    await ben.join(link);
    await ada.sees(ben);
    await ben.page.close({ runBeforeUnload: true });
    await ada.hasRead('Ben left');
    // The farewell has reached the database too: the seat can be taken.
    const callId = await callIdOf(ada.code);
    const database = await Database.as();
    await expect.poll(() => database.get(`calls/${callId}/seats/1`)).toBeNull();
  });

  test('by going to the home page sends a farewell too', async ({ person }) => {
    const [ada, ben] = await Promise.all([person('Ada'), person('Ben')]);
    await ada.startCall();
    await ben.open(ada.link);
    await ben.joinNow();
    await ada.sees(ben);
    await ben.goHome();
    await ada.hasRead('Ben left');
  });

  test('as the last member removes every document of the call', async ({ person }) => {
    const [ada, ben] = await Promise.all([person('Ada'), person('Ben')]);
    await ada.startCall();
    const callId = await callIdOf(ada.code);
    const database = await Database.as();
    await ben.join(ada.link);
    await ada.sees(ben);
    expect(await database.pathsOf(callId)).toContain(`calls/${callId}/seats/1`);
    await ada.leave();
    await ben.hasRead('Ada left');
    await ben.leave();
    await expect.poll(() => database.pathsOf(callId)).toEqual([]);
  });

  test('before anyone has joined removes every document of the call', async ({ person }) => {
    const ada = await person('Ada');
    await ada.startCall();
    const callId = await callIdOf(ada.code);
    const database = await Database.as();
    // The standing offer has been published.
    await expect.poll(async () => (await database.pathsOf(callId)).length).toBe(3);
    await ada.leave();
    await expect.poll(() => database.pathsOf(callId)).toEqual([]);
  });
});
