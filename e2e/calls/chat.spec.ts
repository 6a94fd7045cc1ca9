/** What people do in a call besides talking. */
import type { Locator } from '@playwright/test';

import type { Person } from '../support/person';
import { expect, test } from '../support/test';
import { within } from '../../tools/patience.mjs';

const box = ({ page }: Person): Locator => page.getByRole('textbox', { name: 'Message' });
const log = ({ page }: Person): Locator => page.getByRole('log', { name: 'Chat' });
const texts = (person: Person): Locator => log(person).locator('.text');
const badge = (person: Person): Locator => person.control('Chat').locator('.badge');

async function openChat(person: Person): Promise<void> {
  await person.control('Chat').click();
  await expect(box(person)).toBeFocused();
}

async function write(person: Person, ...messages: string[]): Promise<void> {
  for (const message of messages) {
    await box(person).fill(message);
    await box(person).press('Enter');
    await expect(box(person)).toHaveValue('');
  }
}

/** Runs in the page: keeps the connections that it creates, so that a test can break them. */
function keepConnections(): void {
  const made: RTCPeerConnection[] = [];
  const Original = RTCPeerConnection;
  Object.assign(globalThis, { made });
  globalThis.RTCPeerConnection = class extends Original {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      made.push(this);
    }
  };
}

/** Closes a person's connections without telling anyone. */
const breakConnections = ({ page }: Person): Promise<void> =>
  page.evaluate(() => {
    const { made } = globalThis as unknown as { made: RTCPeerConnection[] };
    for (const connection of made) connection.close();
  });

test.describe('chat', () => {
  test('carries text, links and emoji both ways, shows authors, typing and unread messages', async ({
    person,
  }) => {
    const [ada, ben] = await Promise.all([person('Ada'), person('Ben')]);
    await ada.startCall();
    await ben.join(ada.link);
    await ada.reads('Connected');
    await openChat(ada);
    await box(ada).pressSequentially('look: https://example.org/a?b=c ');
    await ada.press('Emoji');
    await ada.press('🎉');
    await box(ada).press('Enter');
    await expect(badge(ben)).toHaveAttribute('data-count', '1');
    await expect(ben.control('Chat')).toHaveAttribute('aria-description', '1 unread message');
    await expect(ben.page.locator('.cdk-live-announcer-element')).toHaveText(/^Message from Ada: look:/);

    await openChat(ben);
    await expect(badge(ben)).toHaveCount(0);
    await expect(texts(ben)).toHaveText(['look: https://example.org/a?b=c 🎉']);
    await expect(log(ben).locator('.author')).toHaveText(['Ada']);
    await expect(log(ben).locator('time')).toHaveText(/^\d{1,2}:\d\d\s?[AP]M$/);
    const link = texts(ben).getByRole('link');
    await expect(link).toHaveAttribute('href', 'https://example.org/a?b=c');
    await expect(link).toHaveAttribute('rel', 'noopener noreferrer');

    // It is shown while he types, and a few seconds longer.
    await Promise.all([
      expect(ada.page.getByText('Ben is typing…')).toBeVisible(),
      box(ben).pressSequentially('first line'),
    ]);
    await box(ben).press('Shift+Enter');
    await box(ben).pressSequentially('<b>second</b> javascript:alert(1)');
    await box(ben).press('Enter');
    await expect(texts(ada).nth(1)).toHaveText('first line\n<b>second</b> javascript:alert(1)', {
      useInnerText: true,
    });
    await expect(texts(ada).nth(1).getByRole('link')).toHaveCount(0);
    await expect(ada.page.getByText('Ben is typing…')).toHaveCount(0);
    await expect(badge(ada)).toHaveCount(0);
    await expect(log(ada).locator('.delivery')).toHaveCount(0);
  });

  test('arrives in order and once although the connection breaks', async ({ person }) => {
    test.setTimeout(within(90_000));
    const [ada, ben] = await Promise.all([person('Ada'), person('Ben', { before: keepConnections })]);
    await ada.startCall();
    await ben.join(ada.link);
    await ada.sees(ben);
    await Promise.all([openChat(ada), openChat(ben)]);
    await write(ada, 'a1', 'a2');
    await write(ben, 'b1');
    await expect(texts(ben)).toHaveText(['a1', 'a2', 'b1']);

    await breakConnections(ben);
    await write(ada, 'a3', 'a4');
    await write(ben, 'b2', 'b3');

    const from = async (who: Person, own: boolean) =>
      (
        await log(who)
          .locator(own ? '.message.own .text' : '.message:not(.own) .text')
          .allInnerTexts()
      ).join();
    await expect.poll(() => from(ben, false), { timeout: within(50_000) }).toBe('a1,a2,a3,a4');
    await expect.poll(() => from(ada, false), { timeout: within(50_000) }).toBe('b1,b2,b3');
    await write(ada, 'a5');
    await expect.poll(() => from(ben, false)).toBe('a1,a2,a3,a4,a5');
    await expect(log(ada).locator('.delivery')).toHaveCount(0);
    await expect(log(ben).locator('.delivery')).toHaveCount(0);
  });

  test('is shown to members who join later, and again after a reload', async ({ person }) => {
    const [ada, ben] = await Promise.all([person('Ada'), person('Ben')]);
    await ada.startCall();
    await openChat(ada);
    await write(ada, 'before you came');
    await expect(log(ada).locator('.delivery')).toContainText('People who join later can read this');
    await ben.join(ada.link);
    await expect(badge(ben)).toHaveAttribute('data-count', '1');
    await openChat(ben);
    await expect(texts(ben)).toHaveText(['before you came']);
    await write(ben, 'thank you');
    await expect(texts(ada)).toHaveText(['before you came', 'thank you']);
    await expect(log(ada).locator('.delivery')).toHaveCount(0);

    await ben.page.reload();
    await expect(ben.controls).toBeVisible();
    await expect(badge(ben)).toHaveAttribute('data-count', '1');
    await openChat(ben);
    await expect(texts(ben)).toHaveText(['before you came', 'thank you']);
    await write(ben, 'here again');
    await expect(texts(ada)).toHaveText(['before you came', 'thank you', 'here again']);
  });

  test('is deleted from the tab of a member who leaves', async ({ person }) => {
    const ada = await person('Ada');
    await ada.startCall();
    await openChat(ada);
    await write(ada, 'secret');
    const kept = () => ada.page.evaluate(() => JSON.stringify({ ...sessionStorage }));
    expect(await kept()).toContain('secret');
    await ada.leave();
    expect(await kept()).not.toContain('secret');
  });
});

test('a raised hand and a reaction are seen by the peer, the hand also by a member who joins later', async ({
  person,
}) => {
  const [ada, ben] = await Promise.all([person('Ada'), person('Ben')]);
  await ada.startCall();
  await ada.page.keyboard.press('h');
  await expect(ada.ownTile.getByText('Hand raised')).toBeAttached();
  await ben.join(ada.link);
  await expect(ben.tile(ada).getByText('Hand raised')).toBeAttached();
  await ada.page.keyboard.press('h');
  await expect(ben.tile(ada).getByText('Hand raised')).toHaveCount(0);

  await ben.control('More').click();
  // It is on the screen for a few seconds.
  await Promise.all([
    expect(ada.tile(ben).getByText('🎉')).toBeVisible(),
    expect(ben.ownTile.getByText('🎉')).toBeVisible(),
    ben.press('🎉'),
  ]);
  await expect(ada.tile(ben).getByText('🎉')).toHaveCount(0);
});

test('a muted member is heard while holding Space', async ({ person }) => {
  const [ada, ben] = await Promise.all([person('Ada'), person('Ben')]);
  await ada.startCall();
  await ben.join(ada.link);
  await ben.hears(ada);
  await ada.page.keyboard.press('m');
  await ben.hearsNothingFrom(ada);

  await ada.page.keyboard.down('Space');
  await ada.reads('You’re heard while you hold Space');
  await ben.hears(ada);
  await ada.page.keyboard.up('Space');
  await ben.hearsNothingFrom(ada);
  await ada.reads('Connected');

  // Space also works when a button was pressed last with the mouse, the first time and the second.
  await ada.toggle('Microphone').click();
  await ben.hears(ada);
  await ada.toggle('Microphone').click();
  await ben.hearsNothingFrom(ada);
  for (let times = 0; times < 2; times++) {
    await ada.page.keyboard.down('Space');
    await ada.reads('You’re heard while you hold Space');
    await ada.page.keyboard.up('Space');
    await ada.reads('Connected');
    await expect(ada.toggle('Microphone')).toHaveAttribute('data-on', 'false');
  }
  await ben.hearsNothingFrom(ada);

  // In the text box, a space is a space.
  await openChat(ada);
  await ada.page.keyboard.type('a b');
  await expect(box(ada)).toHaveValue('a b');
  await expect(ada.toggle('Microphone')).toHaveAttribute('data-on', 'false');
});
