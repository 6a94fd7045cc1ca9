import { within } from '../../tools/patience.mjs';
import { expect, test } from '../support/test';

/** Shifts the device's clock by this many ms. */
const clockOff = (ms: number) => {
  const { now } = Date;
  Date.now = () => now() + ms;
};
const MINUTES = 60_000;

test.describe('with a fault of the device or the network', () => {
  test('a call is created and joined at the first try by devices whose clocks are ten minutes off', async ({
    person,
  }) => {
    const [ada, ben] = await Promise.all([
      person('Ada', { before: { script: clockOff, argument: 10 * MINUTES } }),
      person('Ben', { before: { script: clockOff, argument: -10 * MINUTES } }),
    ]);
    await ada.startCall();
    await ben.join(ada.link);
    await Promise.all([ada.sees(ben), ben.sees(ada)]);
  });

  test('a call is created and joined if only listening is blocked and the storage never responds', async ({
    person,
  }) => {
    // The page waits for the storage first, then for the listener.
    test.slow();
    const [ada, ben] = await Promise.all([
      person('Ada'),
      person('Ben', {
        before: () => {
          IDBFactory.prototype.open = () => new EventTarget() as IDBOpenDBRequest;
        },
        prepare: (context) => context.route(/Firestore\/Listen\/channel/, (route) => route.abort()),
      }),
    ]);
    await ada.startCall();
    await ben.open(ada.link);
    await expect(ben.joinButton).toBeEnabled({ timeout: within(60_000) });
    await expect(ben.page.getByText('Live updates are blocked here')).toBeVisible();
    await ben.joinNow();
    await Promise.all([ada.sees(ben), ben.sees(ada)]);
  });
});
