/** Parley without a mouse, and what a screen reader announces. */
import type { Locator, Page } from '@playwright/test';

import { control, controls, expect, join, newCall, openCall, test, toggle } from './app';
import { appear, callButton, newLobby, sheet } from './lobby';

/** Presses Tab until the target has the focus, and checks that the focus is visible. */
async function tabTo(page: Page, target: Locator, presses = 30): Promise<void> {
  for (let pressed = 0; pressed < presses; pressed++) {
    await page.keyboard.press('Tab');
    if (await target.evaluate((element) => element === document.activeElement)) {
      expect(await focusIsSeen(page), `focus on ${String(target)}`).toBe(true);
      return;
    }
  }
  throw new Error(`Tab did not lead to ${String(target)}`);
}

/** Whether the focused element shows an outline, its own or that of its label. */
const focusIsSeen = (page: Page): Promise<boolean> =>
  page.evaluate(() => {
    const has = (element: Element, pseudo?: string) => {
      const { outlineStyle, outlineWidth, content } = getComputedStyle(element, pseudo);
      return (!pseudo || content !== 'none') && outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
    };
    const focused = document.activeElement;
    if (!focused?.matches(':focus-visible')) return false;
    const shown = [focused, focused.closest('label')].filter((element) => element !== null);
    return shown.some((element) => has(element) || has(element, '::before') || has(element, '::after'));
  });

/** The last announcement to screen readers that is not shown. */
const said = (page: Page) => page.locator('.cdk-live-announcer-element');

test('from the start page into a call and out of it', async ({ openPage }) => {
  const page = await openPage();
  await page.goto('/');
  await tabTo(page, page.getByRole('button', { name: 'New call' }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Start call' })).toBeEnabled();

  await tabTo(page, page.getByRole('button', { name: 'Mute microphone' }));
  await page.keyboard.press('Space');
  await expect(page.getByRole('button', { name: 'Unmute microphone' })).toBeFocused();
  await tabTo(page, page.getByLabel('Your name'));
  await page.keyboard.type('Ada');
  await tabTo(page, page.getByText('Devices', { exact: true }));
  await tabTo(page, page.getByRole('button', { name: 'Start call' }));
  await page.keyboard.press('Enter');
  await expect(controls(page)).toBeVisible();
  await expect(page.getByRole('article', { name: 'Ada (you)' })).toBeVisible();

  await tabTo(page, control(page, 'controls.leave'));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'You left the call' })).toBeVisible();
  await expect(said(page)).toHaveText('You left the call');
  await tabTo(page, page.getByRole('link', { name: 'Home' }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'New call' })).toBeVisible();
});

test('typing a code and pressing Enter joins; a wrong code returns the focus', async ({ openPage }) => {
  const [ada, bo] = [await openPage(), await openPage()];
  const code = await newCall(ada);
  await join(ada, 'Ada');

  await bo.goto('/');
  await tabTo(bo, bo.getByLabel('Call code or link'));
  await bo.keyboard.type('abcd');
  await bo.keyboard.press('Enter');
  await expect(bo.getByLabel('Call code or link')).toBeFocused();
  await expect(bo.getByLabel('Call code or link')).toHaveAccessibleDescription(/not a call code/);
  await bo.keyboard.press('Control+A');
  await bo.keyboard.type(code.toUpperCase().replaceAll('-', ' '));
  await bo.keyboard.press('Enter');
  await expect(bo.getByRole('status').filter({ hasText: 'Ada is in the call' })).toBeVisible();
  await tabTo(bo, bo.getByLabel('Your name'));
  await bo.keyboard.type('Bo');
  await bo.keyboard.press('Enter');
  await expect(controls(bo)).toBeVisible();
});

test('shortcuts, panels, focus and announcements', async ({ openPage }) => {
  const [ada, bo] = [await openPage(), await openPage()];
  const code = await newCall(ada);
  await join(ada, 'Ada');
  const status = ada.locator('main p[data-status]');
  await expect(status).toHaveText('Waiting for others');
  await openCall(bo, code);
  await join(bo, 'Bo');
  await expect(status).toHaveText('Connected');
  await expect(said(ada)).toHaveText('Bo joined');
  // The invite panel had opened by itself, so it closes by itself.
  await expect(ada.locator('[data-panel]')).toHaveCount(0);

  const microphone = toggle(ada, 'microphone');
  await ada.keyboard.press('m');
  await expect(microphone).toHaveAttribute('data-on', 'false');
  await expect(said(ada)).toHaveText('Microphone off');
  await ada.keyboard.press('m');
  await expect(microphone).toHaveAttribute('data-on', 'true');
  await expect(said(ada)).toHaveText('Microphone on');
  await ada.keyboard.press('c');
  await expect(toggle(ada, 'camera')).toHaveAttribute('data-on', 'false');
  await expect(said(ada)).toHaveText('Camera off');
  await ada.keyboard.press('c');
  await expect(toggle(ada, 'camera')).toHaveAttribute('data-on', 'true');

  const panel = (name: string) => ada.getByRole('region', { name });
  for (const [key, name] of [
    ['i', 'Invite'],
    ['p', 'People'],
    ['s', 'Statistics'],
    ['?', 'Keyboard shortcuts'],
  ] as const) {
    await ada.keyboard.press(key);
    await expect(panel(name)).toBeVisible();
    await expect(ada.getByRole('heading', { name, exact: true })).toBeFocused();
    await ada.keyboard.press('Escape');
    await expect(ada.locator('[data-panel]')).toHaveCount(0);
  }

  // Letters typed into a field are letters.
  await ada.keyboard.press('i');
  await ada.getByLabel('Link', { exact: true }).focus();
  await ada.keyboard.press('m');
  await ada.keyboard.press('Escape');
  await expect(ada.locator('[data-panel]')).toHaveCount(0);
  await expect(microphone).toHaveAttribute('data-on', 'true');

  // A panel opened from a button returns the focus to it, even via another panel.
  const more = control(ada, 'controls.more');
  await more.focus();
  await ada.keyboard.press('Enter');
  await expect(ada.getByRole('heading', { name: 'More' })).toBeFocused();
  await tabTo(ada, ada.getByRole('button', { name: 'Devices' }));
  await ada.keyboard.press('Enter');
  await expect(ada.getByRole('heading', { name: 'Devices' })).toBeFocused();
  await tabTo(ada, ada.getByRole('button', { name: 'Close' }));
  await ada.keyboard.press('Enter');
  await expect(more).toBeFocused();

  // Opening the chat moves the focus into its box; closing it returns the focus.
  await ada.keyboard.press('t');
  const message = ada.getByRole('textbox', { name: 'Message' });
  await expect(message).toBeFocused();
  await ada.keyboard.type('to Bo');
  await tabTo(ada, ada.getByRole('button', { name: 'Send' }));
  await ada.keyboard.press('Enter');
  await expect(message).toBeFocused();
  await expect(said(bo)).toHaveText('Message from Ada: to Bo');
  await ada.keyboard.press('Shift+Tab');
  await expect(ada.getByRole('button', { name: 'Attach files' })).toBeFocused();
  await ada.keyboard.press('Shift+Tab');
  await expect(ada.getByRole('button', { name: 'Emoji' })).toBeFocused();
  await ada.keyboard.press('Enter');
  await expect(ada.getByRole('button', { name: '😀' })).toBeVisible();
  await ada.keyboard.press('Shift+Tab');
  await expect(ada.getByRole('button', { name: '😀' })).toBeFocused();
  await ada.keyboard.press('ArrowRight');
  await ada.keyboard.press('Enter');
  await ada.keyboard.press('Escape');
  await expect(message).toHaveValue('😂');
  await ada.keyboard.press('Escape');
  await expect(ada.locator('[data-panel]')).toHaveCount(0);
  await expect(more).toBeFocused();

  // Arrow keys move along the controls.
  await ada.keyboard.press('ArrowRight');
  await expect(control(ada, 'controls.leave')).toBeFocused();
  await ada.keyboard.press('ArrowRight');
  await expect(microphone).toBeFocused();

  // The message is shown for a few seconds.
  await Promise.all([expect(status).toHaveText('Bo left'), bo.keyboard.press('Shift+L')]);
  await expect(bo.getByRole('heading', { name: 'You left the call' })).toBeVisible();
});

test('the focus stays where it is when the peer joins', async ({ openPage }) => {
  const [ada, bo] = [await openPage(), await openPage()];
  const code = await newCall(ada);
  await join(ada, 'Ada');
  await toggle(ada, 'microphone').focus();
  await openCall(bo, code);
  await join(bo, 'Bo');
  await expect(ada.locator('main p[data-status]')).toHaveText('Connected');
  await expect(toggle(ada, 'microphone')).toBeFocused();
});

test('a ring: called, set aside, declined with a message, accepted', async ({ openPage }) => {
  const [ada, bo] = [await openPage(), await openPage()];
  const lobby = await newLobby(ada);
  await appear(ada, 'Ada');
  await bo.goto(lobby);
  await tabTo(bo, bo.getByRole('textbox', { name: 'Your name' }));
  await bo.keyboard.type('Bo');
  await tabTo(bo, bo.getByRole('switch', { name: 'Appear online' }));
  await bo.keyboard.press('Space');
  await tabTo(bo, callButton(bo, 'Ada'));
  await callButton(ada, 'Bo').waitFor();

  // Keys that the callee was typing must not answer the call.
  const name = ada.getByRole('textbox', { name: 'Your name' });
  await name.focus();
  await bo.keyboard.press('Enter');
  await expect(ada.getByRole('heading', { name: 'Bo is calling' })).toBeFocused();
  await ada.keyboard.press('Space');
  await ada.keyboard.press('Enter');
  await expect(sheet(ada, 'Bo')).toBeVisible();
  await ada.keyboard.press('Escape');
  await expect(sheet(ada, 'Bo')).toBeVisible();
  await expect(name).toBeFocused();

  // From the bar that the sheet has become.
  await tabTo(ada, sheet(ada, 'Bo').getByRole('button', { name: 'More options' }));
  await ada.keyboard.press('Enter');
  await tabTo(ada, ada.getByRole('button', { name: 'Decline with a message' }));
  await ada.keyboard.press('Enter');
  await tabTo(ada, ada.getByRole('textbox', { name: 'Your message' }));
  await ada.keyboard.type('Later');
  await ada.keyboard.press('Enter');
  await expect(bo.getByRole('region', { name: 'Ada declined' })).toContainText('Later');
  await expect(said(bo)).toHaveText('Ada declined: Later');

  await tabTo(ada, callButton(ada, 'Bo'), 40);
  await ada.keyboard.press('Enter');
  await expect(bo.getByRole('heading', { name: 'Ada is calling' })).toBeFocused();
  await tabTo(bo, bo.getByRole('button', { name: 'Accept', exact: true }));
  await bo.keyboard.press('Enter');
  for (const page of [ada, bo]) await expect(page.locator('main p[data-status]')).toHaveText('Connected');
});
