/** Whoever is rung: on several devices, with the page out of sight, or not at home. */
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

/** Runs in the page: keeps what notifications it shows. */
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

/** Takes the page out of sight, or back, as far as it can tell: browsers without a window hide none. */
const lookAway = ({ page }: Person, away: boolean): Promise<void> =>
  page.evaluate(
    (state) => {
      Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    },
    away ? 'hidden' : 'visible',
  );

/** How many are blocked by what the device keeps. */
const blockedOn = ({ page }: Person): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const opened = indexedDB.open('parley-people');
        opened.onerror = () => reject(new Error('nothing is kept of people'));
        opened.onsuccess = () => {
          const counted = opened.result.transaction('blocked').objectStore('blocked').count();
          counted.onsuccess = () => {
            opened.result.close();
            resolve(counted.result);
          };
        };
      }),
  );

test.describe('whoever is rung', () => {
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

    // The device knows of no other, and takes Ben off the list when it goes, once what it had to say of the call is said.
    const uid = await uidOf(ben);
    const entry = async () => JSON.stringify((await entriesOf(link))[uid] ?? null);
    await device.leave();
    await expect.poll(entry).toContain('"available"');
    await device.page.close();
    await expect.poll(entry).toBe('null');
    // The window that was visible goes: the other one sees to it that Ben is so again.
    await ben.page.close();
    await ada.open(link);
    await expect(entryOf(ada, ben)).toContainText('Available');
  });

  test('while the page is out of sight is told by its title and a notification, and later what was missed', async ({
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

    // What was missed is found again on the start page, and what was marked is.
    const missed = ben.page.getByRole('link', { name: '1 missed call' });
    await expect(missed).toBeVisible();
    await ben.page.reload();
    await missed.click();
    await expect(recentOf(ben)).toContainText(['Missed']);
    await ben.page.getByRole('link', { name: 'Open Ada’s circle' }).click();
    await expect(ben.page.getByRole('button', { name: 'Favourite: Ada' })).toHaveAttribute(
      'aria-pressed',
      'true',
    );
  });

  test('and does not answer has missed it; blocks, and forgives', { tag: '@waiting' }, async ({ person }) => {
    test.setTimeout(within(150_000));
    const [ada, ben, cleo] = await Promise.all([person('Ada'), person('Ben'), person('Cleo')]);
    const link = await allAppear(ada, ben, cleo);
    await call(ada, ben);
    await expect(sheetOf(ben, ada)).toBeVisible();
    // Set aside, it goes on ringing.
    await ben.page.keyboard.press('Escape');
    await expect(sheetOf(ben, ada)).toBeVisible();
    await expect(outcomeOf(ada, 'Ben didn’t answer')).toBeVisible({ timeout: within(60_000) });
    await expect(ada.page).toHaveURL(link);
    await expect(recentOf(ada)).toContainText(['No answer']);
    const missed = endOf(ben, 'You missed a call from Ada');
    await expect(missed).toBeVisible();
    await expect(recentOf(ben)).toContainText(['Missed']);
    await missed.getByRole('button', { name: 'Close' }).click();

    // Blocked: sees the other all the same, and is not heard.
    await ben.page.getByRole('button', { name: 'More options for Ada' }).click();
    await ben.page.getByRole('menuitem', { name: 'Block Ada' }).click();
    await expect(entryOf(ben, ada)).toHaveCount(0);
    // It holds at once, and is kept a moment later: a page that is loaded anew in between knows nothing of it.
    await expect.poll(() => blockedOn(ben)).toBe(1);
    await ben.page.reload();
    await isVisibleThere(ben);
    await outcomeOf(ada, 'Ben didn’t answer').getByRole('button', { name: 'Call again' }).click();
    await expect(outcomeOf(ada, 'Calling Ben…')).toBeVisible();
    await ada.reads('Waiting for others');
    // A later ring has come, so that this one has come before it.
    await call(cleo, ben);
    await expect(sheetOf(ben, cleo)).toBeVisible();
    await expect(sheetOf(ben, ada)).toHaveCount(0);
    await answer(ben, cleo, 'Decline');
    await ben.page.getByText('1 blocked').click();
    await ben.press('Unblock Ada');

    // Whoever calls somebody who is calling just then meets them.
    await recentOf(ben).getByRole('button', { name: 'Call back Ada' }).first().click();
    await seeAndHearEachOther(ada, ben);
  });
});
