import { baseURL } from '../support/environment';
import { bytes, callIdOf, Database, expectStored, seatPath, timestamp } from '../support/firestore';
import { cutFirebase, refusingCommits, withoutConfiguration, withoutSignIn } from '../support/network';
import { seeAndHearEachOther } from '../support/person';
import { expect, test } from '../support/test';
import { liveTracks } from '../support/tracks';

/** A code under which no call exists. */
const unusedCode = () =>
  Array.from({ length: 4 }, () => Math.random().toString(32).slice(2, 6).replaceAll('u', 'z').padEnd(4, '0'))
    .join('-')
    .replaceAll(/[ilo]/g, '1');

const callPage = (code: string) => `${baseURL}/call#${code}`;

test.describe('a code', () => {
  test('that is invalid is reported, on the home page and in a link', async ({ person }) => {
    const ben = await person('Ben');
    await ben.typeCode('abcd-efgh');
    await expect(ben.page.getByText(/That’s not a call code/)).toBeVisible();
    await ben.open(callPage('abcd-efgh'));
    await ben.isTold('That’s not a call code');
    await expect(ben.page.getByRole('link', { name: 'Home' })).toBeVisible();
    expect(await liveTracks(ben.page, 'video')).toBe(0);
  });

  test('without a call waits until a call is started under it', async ({ person }) => {
    const [ada, ben] = await Promise.all([person('Ada'), person('Ben')]);
    const link = callPage(unusedCode());
    await ben.open(link);
    await ben.isTold('No call here yet');
    await ada.open(link);
    await ada.press('Start it with this code');
    await ada.joinNow();
    await expect(ben.joinButton).toBeEnabled();
    await ben.joinNow();
    await seeAndHearEachOther(ada, ben);
  });
});

test.describe('a call', () => {
  test('that has expired is reported to newcomers', async ({ person }) => {
    const [ada, ben] = await Promise.all([person('Ada'), person('Ben')]);
    await ada.startCall();
    const database = await Database.as();
    await database.change(`calls/${await callIdOf(ada.code)}`, { expiresAt: timestamp(Date.now() - 1_000) });
    await ben.open(ada.link);
    await ben.isTold('This call has expired');
    await expect(ben.page.getByRole('button', { name: 'New call' })).toBeVisible();
  });

  test('that is closed lets nobody in until it is opened', async ({ person }) => {
    const [ada, ben] = await Promise.all([person('Ada'), person('Ben')]);
    await ada.startCall();
    await ada.control('People').click();
    const door = (name: string) => ada.page.getByRole('radio', { name, exact: true });
    await expect(door('Open')).toBeChecked();
    await door('Locked').check();
    await expectStored(ada.code, 'open', { booleanValue: false });
    await expect(ada.page.locator('.closed')).toHaveText('Locked');

    await ben.open(ada.link);
    await ben.isTold('This call is locked');
    await door('Open').check();
    await expect(ben.joinButton).toBeEnabled();
    await ben.joinNow();
    await Promise.all([ada.sees(ben), ben.sees(ada)]);
  });
});

test.describe('what prevents a call', () => {
  test('no network: reported until it is back', async ({ person }) => {
    const ben = await person('Ben');
    await ben.open(callPage('abcd-efgh'));
    await ben.isTold('That’s not a call code');
    const connect = await cutFirebase(ben.context);
    await ben.page.evaluate((code) => (location.hash = code), unusedCode());
    await ben.isTold('Can’t reach Parley');
    await connect();
    await ben.isTold('No call here yet');
  });

  test('sign-in refused', async ({ person }) => {
    const ben = await person('Ben', { prepare: withoutSignIn });
    await ben.open(callPage(unusedCode()));
    await ben.isTold('Sign-in is turned off for this site');
    await ben.context.unrouteAll();
    await ben.press('Try again');
    await ben.isTold('No call here yet');
  });

  test('permission denied by the rules', async ({ person }) => {
    const [ada, ben] = await Promise.all([
      person('Ada'),
      person('Ben', { prepare: refusingCommits('PERMISSION_DENIED') }),
    ]);
    await ada.startCall();
    await ben.open(ada.link);
    await ben.pressJoin();
    await ben.isTold('You can’t join this call');
    await ada.reads('Waiting for others');
    expect(await liveTracks(ben.page, 'video')).toBe(0);
  });

  test('the database quota exhausted', async ({ person }) => {
    const ben = await person('Ben', { prepare: refusingCommits('RESOURCE_EXHAUSTED') });
    await ben.newCall();
    await ben.pressJoin();
    await ben.isTold('This site has reached its limit for today');
  });

  test('no Firebase configuration', async ({ person }) => {
    const ben = await person('Ben', { prepare: withoutConfiguration });
    await ben.open(callPage(unusedCode()));
    await ben.isTold('This site isn’t set up yet');
  });

  test('a browser without WebRTC', async ({ person }) => {
    const ben = await person('Ben', {
      before: () => Reflect.deleteProperty(globalThis, 'RTCPeerConnection'),
    });
    await ben.goHome();
    await expect(ben.page.getByText(/This browser can’t make calls \(WebRTC is missing\)/)).toBeVisible();
    await ben.open(callPage(unusedCode()));
    await ben.isTold('This browser can’t make calls');
    await expect(ben.page.getByRole('listitem')).toHaveText(['RTCPeerConnection']);
  });

  test('a connection that is not secure', async ({ person }) => {
    const ben = await person('Ben', {
      before: () => Object.defineProperty(globalThis, 'isSecureContext', { get: () => false }),
    });
    await ben.goHome();
    await expect(ben.page.getByText(/Calls need a secure connection/)).toBeVisible();
    await ben.open(callPage(unusedCode()));
    await ben.isTold('This connection isn’t secure');
  });
});

test('a call works in a browser that blocks all storage', async ({ person }) => {
  const [ada, ben] = await Promise.all([
    person('Ada'),
    person('Ben', {
      before: () => {
        for (const name of ['localStorage', 'sessionStorage', 'indexedDB']) {
          Object.defineProperty(globalThis, name, {
            get: () => {
              throw new DOMException('Storage is blocked.', 'SecurityError');
            },
          });
        }
      },
    }),
  ]);
  await ada.startCall();
  await ben.join(ada.link);
  await seeAndHearEachOther(ada, ben);
});

test.describe('tampered data', () => {
  test('an offer is reported and never used', async ({ person }) => {
    const [ada, ben] = await Promise.all([person('Ada'), person('Ben')]);
    await ada.startCall();
    const database = await Database.as();
    const links = `${await seatPath(ada.code, 1)}/links`;
    await expect.poll(async () => (await database.list(links)).length).toBe(1);
    const [link] = await database.list(links);
    const forged = Uint8Array.from(Buffer.from(String(link!.fields['offer']!['bytesValue']), 'base64'));
    forged[forged.length - 1]! ^= 1;
    await database.change(link!.path, { offer: bytes(forged) });

    await ben.join(ada.link);
    await expect(ben.status).toContainText('couldn’t be decrypted with this call’s key');
    await expect(ben.tile(ada)).toHaveAttribute('data-status', 'waiting');
    await ben.seesNoPictureOf(ada);
  });

  test('a name is reported and not shown', async ({ person }) => {
    const [ada, ben] = await Promise.all([person('Ada'), person('Ben')]);
    await ada.startCall();
    const database = await Database.as();
    await database.change(await seatPath(ada.code, 0), { card: bytes(new Uint8Array(60)) });
    await ben.join(ada.link);
    await expect(ben.status).toContainText('couldn’t be decrypted with this call’s key');
    await expect(ben.tile('Guest')).toBeVisible();
    await expect(ben.tile(ada)).toHaveCount(0);
    await ada.seesAndHears(ben);
  });
});
