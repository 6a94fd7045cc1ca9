import { expect as playwright, type BrowserContext, type Locator, type Page } from '@playwright/test';

import { looks, type Look, type Name } from './browsers';
import { baseURL } from './environment';
import { colourOf, toneOf } from './senses';
import { within } from '../../tools/patience.mjs';
import { remarksOf } from './remarks';

/** The limit that the suites configure, in ms; benchmarks run without their configuration. */
const LIMIT = within(15_000);
const expect = playwright.configure({ timeout: LIMIT });

type Input = 'Microphone' | 'Camera';

/** Names of an input's button: it says what a press does now. */
export const pressesOf = {
  Microphone: /^(Mute|Unmute) microphone$/,
  Camera: /^(Stop|Start) camera$/,
} as const satisfies Record<Input, RegExp>;

/** A person in front of a browser: what they do, see and hear. */
export class Person {
  constructor(
    readonly name: string,
    readonly look: Look,
    readonly context: BrowserContext,
    readonly page: Page,
    /** URL at which this person reaches the site. */
    readonly home = baseURL,
  ) {}

  // What they do

  async goHome(): Promise<void> {
    await this.page.goto(this.home);
  }

  /** From the home page to the prejoin page of a call that does not exist yet. */
  async newCall(): Promise<void> {
    await this.goHome();
    await this.page.getByRole('button', { name: 'New call' }).click();
    await expect(this.joinButton).toBeEnabled();
  }

  /** Creates a call and takes a seat in it, with the app's shortcut, which is the fastest way. */
  async startCall(): Promise<void> {
    await this.page.goto(`${this.home}/?new`);
    await this.joinNow();
  }

  async open(link: string): Promise<void> {
    await this.page.goto(link);
  }

  /** Opens a link and joins. */
  async join(link: string): Promise<void> {
    await this.open(link);
    await this.joinNow();
  }

  async typeCode(text: string): Promise<void> {
    await this.goHome();
    await this.page.getByRole('textbox', { name: 'Call code or link' }).fill(text);
    await this.page.getByRole('button', { name: 'Join', exact: true }).click();
  }

  async pressJoin(): Promise<void> {
    await this.page.getByRole('textbox', { name: 'Your name' }).fill(this.name);
    await this.joinButton.click();
  }

  async joinNow(): Promise<void> {
    await this.pressJoin();
    await expect(this.controls).toBeVisible();
    // The room is shown before the seat is taken.
    await expect(this.status).not.toHaveText('Joining');
  }

  async leave(): Promise<void> {
    await this.control('Leave').click();
    // A host who leaves several others is asked first; a second press leaves.
    const asks = this.page.locator('[data-panel=leave]');
    const left = this.page.getByRole('heading', { level: 1, name: 'You left the call' });
    await expect(asks.or(left)).toBeVisible();
    if (await asks.isVisible()) await this.control('Leave').click();
    await expect(left).toBeVisible();
  }

  async turn(input: Input, on: boolean): Promise<void> {
    const button = this.page.getByRole('button', { name: pressesOf[input] });
    await expect(button).toHaveAttribute('data-on', String(!on));
    await button.click();
    await expect(button).toHaveAttribute('data-on', String(on));
  }

  /** Sets what the page may use; everything else is denied. */
  async allow(...inputs: readonly ('camera' | 'microphone')[]): Promise<void> {
    await this.context.grantPermissions([...inputs], { origin: this.home });
  }

  async press(button: string): Promise<void> {
    await this.page.getByRole('button', { name: button, exact: true }).click();
  }

  async choose(fromMore: string): Promise<void> {
    await this.control('More').click();
    await this.panel.getByRole('button', { name: fromMore }).click();
  }

  /**
   * What the person would paste now. Pages may not read the clipboard, so it is pasted into the code box of a new window.
   */
  async paste(): Promise<string> {
    const window = await this.context.newPage();
    await window.goto(this.home);
    const box = window.getByRole('textbox', { name: 'Call code or link' });
    await box.focus();
    await window.keyboard.press('ControlOrMeta+V');
    const pasted = await box.inputValue();
    await window.close();
    return pasted;
  }

  // State

  /** Link of the call that this page shows. */
  get link(): string {
    return this.page.url();
  }

  /** Code of the call that this page shows. */
  get code(): string {
    return new URL(this.link).hash.slice(1);
  }

  get joinButton(): Locator {
    return this.page.getByRole('button', { name: /^(Join now|Start call)$/ });
  }

  get controls(): Locator {
    return this.page.getByRole('toolbar', { name: 'Call controls' });
  }

  /** The button of an input in the call controls, on or off. */
  toggle(input: Input): Locator {
    return this.controls.getByRole('button', { name: pressesOf[input] });
  }

  control(name: string): Locator {
    return this.controls.getByRole('button', { name, exact: true });
  }

  get panel(): Locator {
    return this.page.locator('[data-panel]');
  }

  get status(): Locator {
    return this.page.getByRole('status').and(this.page.locator('[data-status]'));
  }

  tile(whose: Person | string): Locator {
    const name = typeof whose === 'string' ? whose : whose.name;
    return this.page.getByRole('article', { name, exact: true });
  }

  get ownTile(): Locator {
    return this.tile(`${this.name} (you)`);
  }

  // What they see and hear

  async isTold(heading: string): Promise<void> {
    await expect(this.page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
  }

  async reads(status: string): Promise<void> {
    await expect(this.status).toHaveText(status);
  }

  /** The status line shows the remark now, or has shown it since the page was loaded. */
  async hasRead(remark: string): Promise<void> {
    await expect
      .poll(() => remarksOf(this.page), { message: `${this.name} has read “${remark}”` })
      .toContain(remark);
  }

  /** Sees the moving picture of the peer's camera. */
  async sees(other: Person, timeout = LIMIT): Promise<void> {
    await expect
      .poll(() => colourOf(this.tile(other).locator('video')), {
        timeout,
        message: `${this.name} sees ${other.name} in ${other.look.colour}`,
      })
      .toBe(other.look.colour);
    await expect(this.avatarOf(other)).toHaveCount(0);
  }

  async hears(other: Person, timeout = LIMIT): Promise<void> {
    const { tone } = other.look;
    await expect
      .poll(async () => Math.abs(((await this.hearing(other)) ?? 0) - tone), {
        timeout,
        message: `${this.name} hears ${other.name} at ${tone} Hz`,
      })
      .toBeLessThan(15);
  }

  async hearsNothingFrom(other: Person): Promise<void> {
    await expect
      .poll(() => this.hearing(other), { message: `${this.name} hears nothing from ${other.name}` })
      .toBeNull();
  }

  /** Sees initials instead of a picture. */
  async seesAvatarOf(other: Person): Promise<void> {
    await expect(this.avatarOf(other)).toBeVisible();
  }

  async seesNoPictureOf(other: Person): Promise<void> {
    expect(['still', 'black']).toContain(await colourOf(this.tile(other).locator('video')));
  }

  async seesAndHears(other: Person, timeout = LIMIT): Promise<void> {
    await Promise.all([this.sees(other, timeout), this.hears(other, timeout)]);
  }

  private avatarOf(other: Person): Locator {
    return this.tile(other).locator('.avatar');
  }

  private hearing(other: Person): Promise<number | null> {
    return toneOf(this.tile(other).locator('video'));
  }
}

/** Both see each other's picture and hear each other's voice. */
export async function seeAndHearEachOther(one: Person, other: Person): Promise<void> {
  await Promise.all([one.seesAndHears(other), other.seesAndHears(one)]);
}

export const lookOf = (name: Name): Look => looks[name];
