/** The callee: on several devices, with the page hidden, or away. */
import {
  allAppear,
  answer,
  appearSwitch,
  call,
  endOf,
  entriesOf,
  entryOf,
  isVisibleThere,
  outcomeOf,
  recentOf,
  sheetOf,
  uidOf,
} from '../support/lobby';
import { seeAndHearEachOther, type Person } from '../support/person';
import { expect, test } from '../support/test';
import { baseURL } from '../support/environment';
import { within } from '../../tools/patience.mjs';

/** Runs in the page: records the notifications that it shows. */
const noteNotifications = (): void => {
  const shown: string[] = [];
  Object.assign(globalThis, { shown });
  globalThis.Notification = class extends Notification {
    constructor(title: string, options?: NotificationOptions) {
      super(title, options);
      shown.push(title);
    }
    override close(): void {
      super.close();
      shown.splice(shown.indexOf(this.title), 1);
    }
  };
};
const notificationsOf = ({ page }: Person): Promise<readonly string[]> =>
  page.evaluate(() => (globalThis as unknown as { shown: string[] }).shown);

/** Makes the page believe that it is hidden or visible. Browsers without a window hide no page. */
const lookAway = ({ page }: Person, away: boolean): Promise<void> =>
  page.evaluate(
    (state) => {
      Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    },
    away ? 'hidden' : 'visible',
  );

/** Number of people who are blocked, according to the device's storage. */
const blockedOn = ({ page }: Person): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const opened = indexedDB.open('parley-people');
        opened.onerror = () => reject(new Error('the database of people did not open'));
        opened.onsuccess = () => {
          const counted = opened.result.transaction('blocked').objectStore('blocked').count();
          counted.onsuccess = () => {
            opened.result.close();
            resolve(counted.result);
          };
        };
      }),
  );

test.describe('a callee', () => {
  test('on two devices and in two windows answers once', async ({ person, anotherWindow }) => {
    const [ada, ben] = await Promise.all([person('Ada'), person('Ben')]);
    const link = await allAppear(ada, ben);
    const window = await anotherWindow(ben, 'Ben');
    const storageState = await ben.context.storageState({ indexedDB: true });
    const device = await person('Ben', { context: { storageState } });
    await Promise.all([window.open(link), device.open(link)]);
    for (const one of [window, device]) {
      await expect(appearSwitch(one)).toHaveAttribute('aria-checked', 'true');
      await expect(entryOf(one, ada)).toBeVisible();
    }
    await expect(entryOf(ada, ben)).toHaveCount(1);

    await call(ada, ben);
    for (const one of [ben, window, device]) await expect(sheetOf(one, ada)).toBeVisible();
    await answer(device, ada, 'Accept');
    await device.reads('Connected');
    for (const one of [ben, window]) {
      await expect(endOf(one, 'Answered elsewhere: Ada')).toBeVisible();
      await expect(sheetOf(one, ada)).toHaveCount(0);
    }
    await ada.seesAndHears(device);
    await expect(recentOf(device)).toHaveCount(0);

    // The device knows no other. It removes Ben from the list when it is closed, after it has written the end of the call.
    const uid = await uidOf(ben);
    const entry = async () => JSON.stringify((await entriesOf(link))[uid] ?? null);
    await device.leave();
    await expect.poll(entry).toContain('"available"');
    await device.page.close();
    await expect.poll(entry).toBe('null');
    // The window that kept Ben visible is closed, and the other one makes him visible again.
    await ben.page.close();
    await ada.open(link);
    await expect(entryOf(ada, ben)).toContainText('Available');
  });

  test('with a hidden page gets a notification and a changed title, and later sees the missed call', async ({
    person,
  }) => {
    const [ada, ben] = await Promise.all([
      person('Ada'),
      person('Ben', { before: noteNotifications, allowed: ['camera', 'microphone'] }),
    ]);
    await ben.context.grantPermissions(['camera', 'microphone', 'notifications'], { origin: baseURL });
    await allAppear(ada, ben);
    await ben.page.getByRole('button', { name: 'Favourite: Ada' }).click();
    await ben.page.getByRole('link', { name: 'Back' }).click();
    await lookAway(ben, true);
    await call(ada, ben);
    await expect(ben.page).toHaveTitle(/^🔔 Ada is calling/);
    await expect.poll(() => notificationsOf(ben)).toEqual(['Ada is calling']);
    await lookAway(ben, false);
    await expect(ben.page).not.toHaveTitle(/🔔/);
    await expect.poll(() => notificationsOf(ben)).toEqual([]);
    await expect(sheetOf(ben, ada)).toBeVisible();
    await outcomeOf(ada, 'Calling Ben…').getByRole('button', { name: 'Cancel' }).click();
    await expect(endOf(ben, 'Ada hung up')).toBeVisible();

    // The start page shows the missed call, and the lobby shows the favourite.
    const missed = ben.page.getByRole('link', { name: '1 missed call' });
    await expect(missed).toBeVisible();
    await ben.page.reload();
    await missed.click();
    await expect(recentOf(ben)).toContainText(['Missed']);
    await ben.page.getByRole('link', { name: 'Open circle: Ada' }).click();
    await expect(ben.page.getByRole('button', { name: 'Favourite: Ada' })).toHaveAttribute(
      'aria-pressed',
      'true',
    );
  });

  test(
    'who does not answer has missed the call; can block and unblock the caller',
    { tag: '@waiting' },
    async ({ person }) => {
      test.setTimeout(within(150_000));
      const [ada, ben, cleo] = await Promise.all([person('Ada'), person('Ben'), person('Cleo')]);
      const link = await allAppear(ada, ben, cleo);
      await call(ada, ben);
      await expect(sheetOf(ben, ada)).toBeVisible();
      // Escape sets the sheet aside; the ring continues.
      await ben.page.keyboard.press('Escape');
      await expect(sheetOf(ben, ada)).toBeVisible();
      await expect(outcomeOf(ada, 'Ben didn’t answer')).toBeVisible({ timeout: within(60_000) });
      await expect(ada.page).toHaveURL(link);
      await expect(recentOf(ada)).toContainText(['No answer']);
      const missed = endOf(ben, 'You missed a call from Ada');
      await expect(missed).toBeVisible();
      await expect(recentOf(ben)).toContainText(['Missed']);
      await missed.getByRole('button', { name: 'Close' }).click();

      // Blocked, Ada still sees Ben, but her rings don't reach him.
      await ben.page.getByRole('button', { name: 'More options for Ada' }).click();
      await ben.page.getByRole('menuitem', { name: 'Block Ada' }).click();
      await expect(entryOf(ben, ada)).toHaveCount(0);
      // Blocking takes effect at once and is stored a moment later. A page that is reloaded in between would not know it.
      await expect.poll(() => blockedOn(ben)).toBe(1);
      await ben.page.reload();
      await isVisibleThere(ben);
      await outcomeOf(ada, 'Ben didn’t answer').getByRole('button', { name: 'Call again' }).click();
      await expect(outcomeOf(ada, 'Calling Ben…')).toBeVisible();
      await ada.reads('Waiting for others');
      // A later ring has arrived, so the blocked one has arrived before it.
      await call(cleo, ben);
      await expect(sheetOf(ben, cleo)).toBeVisible();
      await expect(sheetOf(ben, ada)).toHaveCount(0);
      await answer(ben, cleo, 'Decline');
      await ben.page.getByText('1 blocked').click();
      await ben.press('Unblock Ada');

      // Calling a person who is just calling back connects both.
      await recentOf(ben).getByRole('button', { name: 'Call back Ada' }).first().click();
      await seeAndHearEachOther(ada, ben);
    },
  );
});
