/**
 * Every page in every state, in both languages: suitable for screen readers, fingers, small and large screens, light
 * and dark. See `looks.ts` for the checks.
 */
import type { Page } from '@playwright/test';

import { checkEn } from '../../src/app/i18n/check.en';
import { hostingEn } from '../../src/app/i18n/hosting.en';
import { knockEn } from '../../src/app/i18n/knock.en';
import { laterEn } from '../../src/app/i18n/later.en';
import { troublesEn } from '../../src/app/i18n/troubles.en';
import { peopleEn } from '../../src/app/i18n/people.en';
import { shortcutsEn } from '../../src/app/i18n/shortcuts.en';
import { signInEn } from '../../src/app/i18n/sign-in.en';
import { logEn } from '../../src/app/i18n/log.en';
import { statisticsEn } from '../../src/app/i18n/statistics.en';
import {
  callBetween,
  control,
  controls,
  expect,
  freshCode,
  join,
  newCall,
  openCall,
  test,
  toggle,
  words,
  goButton,
} from './app';
import { appear, callButton, newLobby, outgoing, sheet } from './lobby';
import { expectFit } from './looks';
import { expectStored } from '../support/firestore';
import { keepRinging } from '../support/lobby';
import { endLate } from '../support/time';
import { within } from '../../tools/patience.mjs';

const heading = (page: Page, text: string) =>
  expect(page.getByRole('heading', { level: 1, name: text, exact: true })).toBeVisible();

/** The host's choice of who can join, in the People panel. */
const door = (page: Page, which: 'open' | 'ask' | 'closed') =>
  page.getByRole('radio', { name: hostingEn[`door.${which}`], exact: true });

/** Opens a panel from the menu More. */
async function fromMore(page: Page, name: 'more.statistics' | 'more.devices' | 'more.shortcuts') {
  await control(page, 'controls.more').click();
  await page.getByRole('button', { name: words.en[name], exact: true }).click();
}

const t = words.en;

// Each test checks up to ten states, and axe is slow.
test.describe.configure({ timeout: within(120_000) });

test('start page, its error messages, settings, page not found', async ({ openPage }) => {
  const page = await openPage();
  await page.goto('/');
  await heading(page, t['home.heading']);
  // The switch appears last, and its texts have to be fetched, which is impossible offline.
  await expect(page.getByRole('switch', { name: peopleEn.appear })).toBeVisible();
  await expectFit(page, 'home');

  await page.getByLabel(t['home.code']).fill('abcd-efgh');
  await page.getByRole('button', { name: t['home.join'], exact: true }).click();
  await expect(page.getByText(t['home.codeWrong'])).toBeVisible();
  await expectFit(page, 'home with a bad code');

  await page.context().setOffline(true);
  await expect(page.getByText(t['home.offline'])).toBeVisible();
  await expectFit(page, 'home offline');
  await page.context().setOffline(false);

  await page.getByRole('link', { name: t['settings.open'] }).click();
  await heading(page, t['settings.heading']);
  await expectFit(page, 'settings');

  await page.getByRole('link', { name: t['settings.check'] }).click();
  await heading(page, checkEn.heading);
  await expect(page.getByRole('status', { name: checkEn.verdict })).toContainText(checkEn['why.nearby']);
  await expect(page.getByRole('progressbar')).toHaveCount(0);
  await page.getByRole('button', { name: checkEn['speaker.play'] }).click();
  await expect(page.getByRole('button', { name: checkEn['speaker.yes'] })).toBeVisible();
  await expectFit(page, 'check');

  await page.goto('/nowhere');
  await heading(page, t['notFound.heading']);
  await expectFit(page, 'not found');
});

test('the prejoin page of a call', async ({ openPage }) => {
  const [ada, bo] = [await openPage(), await openPage()];
  const code = await newCall(ada);
  await expectFit(ada, 'prejoin, new');
  await ada.getByText(t['prejoin.devices'], { exact: true }).click();
  await expect(ada.getByLabel(t.speaker)).toBeVisible();
  await expectFit(ada, 'prejoin, devices');
  await ada.getByText(t['prejoin.later'], { exact: true }).click();
  await ada.getByLabel(laterEn.start).fill('');
  await ada.getByRole('button', { name: laterEn.save }).click();
  await expect(ada.getByText(laterEn.missing)).toBeVisible();
  await expectFit(ada, 'prejoin, for later');

  await join(ada, 'Ada');
  await openCall(bo, code);
  await expect(bo.getByText(/Ada/)).toBeVisible();
  await expectFit(bo, 'prejoin, join');
});

test('calls that can’t be joined: bad code, no such call, full, closed', async ({ openPage }) => {
  const guest = await openPage();
  await guest.goto('/call#abcd');
  await heading(guest, t['badCode.title']);
  await expectFit(guest, 'bad code');

  await guest.goto(`/call#${freshCode()}`);
  await heading(guest, t['absent.title']);
  await expectFit(guest, 'absent');

  const [ada, bo] = [await openPage(), await openPage()];
  const code = await callBetween(ada, bo);
  await control(ada, 'controls.people').click();
  await ada.getByLabel(hostingEn.seats).selectOption('2');
  await expectStored(code, 'seats', { integerValue: '2' });
  await guest.goto(`/call#${code}`);
  await heading(guest, t['full.title']);
  await expectFit(guest, 'full');

  await door(ada, 'closed').check();
  await expectStored(code, 'open', { booleanValue: false });
  await control(bo, 'controls.leave').click();
  await heading(bo, t['left.title']);
  // A waiting guest sees no message when the call is closed; a guest who arrives later does.
  await guest.reload();
  await heading(guest, t['closed.title']);
  await expectFit(guest, 'closed');
});

test('asking to join: before, while waiting, for the members, refused', async ({ openPage }) => {
  const [ada, guest] = [await openPage(), await openPage()];
  const code = await newCall(ada);
  await join(ada, 'Ada');
  await control(ada, 'controls.people').click();
  await door(ada, 'ask').check();
  await expectStored(code, 'ask', { booleanValue: true });
  await expectFit(ada, 'people, the host alone');

  await guest.goto(`/call#${code}`);
  await expect(guest.getByText(t['prejoin.asks'])).toBeVisible();
  await expectFit(guest, 'prejoin, ask');
  await guest.getByLabel(t['prejoin.name']).fill('Bo');
  await guest.getByRole('button', { name: t['prejoin.ask'], exact: true }).click();
  await heading(guest, knockEn.heading);
  await expectFit(guest, 'waiting to be let in');

  await expect(ada.getByRole('list', { name: knockEn.list })).toContainText('Bo');
  await expectFit(ada, 'people, a guest waits');
  await control(ada, 'controls.people').click();
  const bar = ada.getByRole('group', { name: 'Bo wants to join' });
  await expect(bar).toBeVisible();
  await expectFit(ada, 'a guest waits');
  await bar.getByRole('button', { name: 'Refuse Bo' }).click();
  await heading(guest, t['refused.title']);
  await expectFit(guest, 'refused');
  // A passing message keeps the language in which it was shown.
  await expect(ada.locator('mat-snack-bar-container')).toHaveCount(0);
  await control(ada, 'controls.people').click();
  await expect(ada.getByRole('list', { name: hostingEn.turnedAway })).toContainText('Bo');
  await expectFit(ada, 'people, someone was refused');
});

test('alone in a call, and after it', async ({ openPage }) => {
  const ada = await openPage();
  await newCall(ada);
  await join(ada, 'Ada');
  await expect(ada.getByText(t['status.waiting'])).toBeVisible();
  await expect(ada.getByRole('img', { name: t['invite.qr'] })).toBeVisible();
  await expectFit(ada, 'waiting, invite panel');

  await fromMore(ada, 'more.statistics');
  await expect(ada.getByText(statisticsEn.nobody)).toBeVisible();
  await expectFit(ada, 'statistics, nobody there');

  await toggle(ada, 'camera').click();
  await toggle(ada, 'microphone').click();
  await expect(toggle(ada, 'microphone')).toHaveAttribute('data-on', 'false');
  await expectFit(ada, 'camera and microphone off');

  await control(ada, 'controls.leave').click();
  await heading(ada, t['left.title']);
  await expectFit(ada, 'left');
});

test('in a call with a peer, and all its panels', async ({ openPage }) => {
  const [ada, bo] = [await openPage(), await openPage()];
  await callBetween(ada, bo);
  await expectFit(ada, 'in a call');

  // On a phone it is in the menu More.
  await control(ada, 'controls.people').click();
  await expect(door(ada, 'open')).toBeVisible();
  await expectFit(ada, 'people');
  await ada.getByRole('button', { name: 'Options for Bo' }).click();
  await expectFit(ada, 'people, options');
  await ada.getByRole('button', { name: 'Remove Bo' }).click();
  await expect(ada.getByRole('button', { name: hostingEn['remove.lock'] })).toBeVisible();
  await expectFit(ada, 'people, remove');
  await ada.getByLabel(hostingEn.seats).selectOption('2');

  await control(ada, 'controls.invite').click();
  await expect(ada.getByText(t['invite.full'])).toBeVisible();
  await expectFit(ada, 'invite, full');

  await control(ada, 'controls.more').click();
  await expect(ada.getByRole('button', { name: t['more.shortcuts'] })).toBeVisible();
  await expectFit(ada, 'more');

  await ada.getByRole('button', { name: t['more.shortcuts'] }).click();
  await expect(ada.getByText(shortcutsEn.escape)).toBeVisible();
  await expectFit(ada, 'shortcuts');

  await fromMore(ada, 'more.devices');
  await expect(ada.getByLabel(t.speaker)).toBeVisible();
  await expectFit(ada, 'devices');

  await fromMore(ada, 'more.statistics');
  await expect(ada.getByText('kbit/s').first()).toBeVisible();
  await expectFit(ada, 'statistics');

  // A browser that refuses the clipboard.
  await ada.evaluate(() => {
    navigator.clipboard.writeText = () => Promise.reject(new DOMException('refused', 'NotAllowedError'));
  });
  await ada.getByRole('button', { name: logEn.copy }).press('Enter');
  const box = ada.getByRole('textbox', { name: logEn.label });
  await expect(box).toBeFocused();
  const log = await box.inputValue();
  for (const event of ['page visible', 'firebase signed-in', 'media camera-on']) expect(log).toContain(event);
  const code = new URL(ada.url()).hash.slice(1);
  expect(code).toHaveLength(19);
  const events = log.slice(log.indexOf('\n\n'));
  for (const secret of [code, code.replaceAll('-', ''), 'Ada', 'Bo ', '127.0.0.1', 'localhost', '://']) {
    expect(events).not.toContain(secret);
  }
  expect(events).not.toMatch(/(\d+\.){3}\d|\.local/);
  await expectFit(ada, 'statistics, debug log');

  await control(ada, 'controls.chat').click();
  const message = ada.getByRole('textbox', { name: t['chat.message'] });
  await expect(message).toBeFocused();
  await expectFit(ada, 'chat, empty');
  await message.fill('1, 2, 3');
  await message.press('Enter');
  await control(bo, 'controls.chat').click();
  await bo.getByRole('textbox', { name: t['chat.message'] }).fill('4, 5');
  await bo.getByRole('button', { name: t['chat.send'] }).click();
  await expect(ada.getByText('4, 5')).toBeVisible();
  await message.fill('6'.repeat(4_001));
  await ada.getByRole('button', { name: t['chat.emoji'] }).click();
  await expectFit(ada, 'chat');
  await control(ada, 'controls.chat').click();

  await toggle(bo, 'camera').click();
  await toggle(bo, 'microphone').click();
  await control(ada, 'controls.more').click();
  await expect(ada.getByRole('article', { name: 'Bo' })).toContainText(t['tile.muted']);
  await expectFit(ada, 'peer muted, without picture');

  await control(bo, 'controls.leave').click();
  await expect(ada.getByText(t['status.waiting'])).toBeVisible();
  await expect(controls(ada)).toBeVisible();
});

test('a lobby and its people', async ({ openPage }) => {
  const [ada, bo] = [await openPage(), await openPage()];
  await ada.goto('/lobby');
  await heading(ada, peopleEn.lobby);
  await ada.getByRole('button', { name: peopleEn['lobby.open'], exact: true }).click();
  await expect(ada.getByText(peopleEn['lobby.codeMissing'])).toBeVisible();
  await expectFit(ada, 'lobby, no code');

  await ada.goto('/lobby#abcd');
  await expect(ada.getByText(peopleEn['lobby.badLink'])).toBeVisible();
  await expectFit(ada, 'lobby, bad code');

  await ada.goto(`/lobby#${freshCode()}`);
  await expect(ada.getByText(peopleEn.absent)).toBeVisible();
  await expectFit(ada, 'lobby, absent');

  const lobby = await newLobby(ada);
  await expectFit(ada, 'lobby, nobody there');
  await appear(ada, 'Ada');
  await bo.goto(lobby);
  await appear(bo, 'Bo');
  await expect(callButton(ada, 'Bo')).toBeVisible();
  await ada.getByText(peopleEn['reach.title']).click();
  await expectFit(ada, 'lobby, people');

  await bo.getByRole('switch', { name: peopleEn.doNotDisturb }).click();
  await expect(callButton(ada, 'Bo')).toBeDisabled();
  await ada.getByRole('button', { name: peopleEn.more.replace('{name}', 'Bo') }).click();
  await ada.getByRole('menuitem').click();
  await ada.getByText(peopleEn['blocked.one'].replace('{count}', '1')).click();
  await expectFit(ada, 'lobby, a person blocked');
});

test('the start page with people', async ({ openPage }) => {
  const [ada, bo] = [await openPage(), await openPage()];
  // Browsers without a window deny notifications; others ask first.
  await ada.addInitScript(() => Object.defineProperty(Notification, 'permission', { value: 'default' }));
  for (const page of [ada, bo]) await page.goto('/');
  await appear(ada, 'Ada');
  await expect(ada.getByRole('button', { name: peopleEn.notify })).toBeVisible();
  await appear(bo, 'Bo');
  await expect(callButton(ada, 'Bo')).toBeVisible();
  await expectFit(ada, 'home, people');
  for (const page of [ada, bo]) await page.getByRole('switch', { name: peopleEn.appear }).click();
});

test('a ring, at both ends', async ({ openPage }) => {
  const [ada, bo] = [await openPage(), await openPage()];
  // A ring lasts 45 s, and checking it may take longer.
  for (const page of [ada, bo]) await page.addInitScript(endLate);
  const lobby = await newLobby(ada);
  await appear(ada, 'Ada');
  await bo.goto(lobby);
  await appear(bo, 'Bo');

  await callButton(ada, 'Bo').click();
  await expect(sheet(bo, 'Ada')).toBeVisible();
  await expect(controls(ada)).toBeVisible();
  await keepRinging(lobby);
  await sheet(bo, 'Ada').getByRole('button', { name: peopleEn['in.message'] }).click();
  await bo.getByRole('textbox', { name: peopleEn['in.own'] }).fill('8');
  await Promise.all([expectFit(ada, 'a ring, outgoing'), expectFit(bo, 'a ring, decline with a message')]);
  await bo.getByRole('button', { name: peopleEn['in.send'] }).click();
  await expect(outgoing(ada, 'out.declined', 'Bo')).toContainText('8');
  await expectFit(ada, 'a ring, declined');

  await callButton(bo, 'Ada').click();
  await expect(sheet(ada, 'Bo')).toBeVisible();
  await keepRinging(lobby);
  await ada.keyboard.press('Escape');
  await sheet(ada, 'Bo').getByRole('button', { name: peopleEn['in.others'] }).click();
  await sheet(ada, 'Bo')
    .getByRole('button', { name: peopleEn['block.name'].replace('{name}', 'Bo') })
    .click();
  await expectFit(ada, 'a ring, set aside, block');
  await bo.getByRole('button', { name: peopleEn['out.cancel'] }).click();
  await expect(
    ada.getByRole('region', { name: peopleEn['in.cancelled'].replace('{name}', 'Bo') }),
  ).toBeVisible();
  await expectFit(ada, 'a ring, cancelled, and recent calls');
});

test('pages that say what failed', async ({ openPage }) => {
  const guest = await openPage();
  const fails = async (
    kind: 'configuration' | 'sign-in-off' | 'forbidden' | 'quota' | 'unsupported' | 'insecure',
  ) => {
    await heading(guest, kind === 'sign-in-off' ? signInEn[`${kind}.what`] : t[`${kind}.title`]);
    await expectFit(guest, kind);
  };
  const answer = (status: number, json: unknown) => ({
    status,
    json,
    headers: { 'access-control-allow-origin': '*' },
  });

  await guest.route('**/__/firebase/init.json', (route) => route.fulfill({ status: 404, body: '' }));
  await guest.goto(`/call#${freshCode()}`);
  await fails('configuration');
  await guest.unrouteAll();

  await guest.route('**/identitytoolkit.googleapis.com/**', (route) =>
    route.fulfill(answer(400, { error: { code: 400, message: 'ADMIN_ONLY_OPERATION' } })),
  );
  await guest.goto('/');
  await guest.goto(`/call#${freshCode()}`);
  await fails('sign-in-off');
  await guest.unrouteAll();

  for (const [kind, status, name] of [
    ['forbidden', 403, 'PERMISSION_DENIED'],
    ['quota', 429, 'RESOURCE_EXHAUSTED'],
  ] as const) {
    await newCall(guest);
    await guest.route('**/documents:commit', (route) =>
      route.request().method() === 'POST'
        ? route.fulfill(answer(status, { error: { status: name, message: name } }))
        : route.fallback(),
    );
    await goButton(guest).click();
    await fails(kind);
    await guest.unrouteAll();
  }

  const old = await openPage();
  await old.addInitScript(() => Reflect.deleteProperty(globalThis, 'RTCPeerConnection'));
  await old.goto(`/call#${freshCode()}`);
  await heading(old, t['unsupported.title']);
  await expectFit(old, 'unsupported');

  const insecure = await openPage();
  await insecure.addInitScript(() => Object.defineProperty(globalThis, 'isSecureContext', { value: false }));
  await insecure.goto(`/call#${freshCode()}`);
  await heading(insecure, t['insecure.title']);
  await expectFit(insecure, 'insecure');
  await insecure.goto('/');
  await expect(insecure.getByText(t['home.insecure'])).toBeVisible();
  await expectFit(insecure, 'home, insecure');
});

test('devices that are refused', async ({ openPage }) => {
  const guest = await openPage();
  await guest.addInitScript(() => {
    const refuse = () => Promise.reject(new DOMException('refused', 'NotAllowedError'));
    Object.defineProperty(MediaDevices.prototype, 'getUserMedia', { value: refuse });
  });
  await newCall(guest);
  await expect(guest.getByText(troublesEn['media.both.denied.title'])).toBeVisible();
  await expectFit(guest, 'prejoin, refused');
  await join(guest, 'Ada');
  await expect(guest.getByText(troublesEn['media.both.denied.title'])).toBeVisible();
  await expectFit(guest, 'in a call, refused');
});
