import puppeteer, { type Browser, type Page } from 'puppeteer-core';

import { baseURL, firefoxPath } from '../support/environment';
import { expect, test as base } from '../support/test';
import { nearestColour, pixelOf } from '../support/senses';
import type { Person } from '../support/person';
import { within } from '../../tools/patience.mjs';
import { recordRemarks, remarksOf } from '../support/remarks';

/** Frequency that Firefox's fake microphone hears, in Hz. */
const tone = 1_000;

/** A person who uses Firefox. Its fake camera shows a single, constantly changing colour. */
export class FirefoxUser {
  private constructor(
    readonly name: string,
    private readonly browser: Browser,
    readonly page: Page,
  ) {}

  static async start(name: string): Promise<FirefoxUser> {
    const browser = await puppeteer.launch({
      browser: 'firefox',
      executablePath: firefoxPath,
      headless: true,
      timeout: within(30_000),
      protocolTimeout: within(60_000),
      extraPrefsFirefox: {
        'media.navigator.streams.fake': true,
        'media.navigator.permission.disabled': true,
        'media.navigator.audio.fake_frequency': tone,
        'media.autoplay.default': 0,
        'intl.accept_languages': 'en-US',
      },
    });
    const page = await browser.newPage();
    page.setDefaultTimeout(within(25_000));
    await page.evaluateOnNewDocument(recordRemarks);
    await page.evaluateOnNewDocument(recordConnections);
    return new FirefoxUser(name, browser, page);
  }

  get link(): string {
    return this.page.url();
  }

  async newCall(): Promise<void> {
    await this.page.goto(baseURL);
    await this.page.locator('::-p-text(New call)').click();
  }

  async open(link: string): Promise<void> {
    await this.page.goto(link);
    await this.page.locator('button[type=submit]:not(:disabled)').wait();
  }

  async joinNow(): Promise<void> {
    await this.page.locator('#name').fill(this.name);
    await this.page.locator('button[type=submit]:not(:disabled)').click();
    await this.page.locator('[role=toolbar]').wait();
  }

  /** Opens a lobby and appears there. */
  async appearAt(link: string): Promise<void> {
    await this.page.goto(link);
    await this.page.locator('input[autocomplete=name]').fill(this.name);
    await this.page.locator('[role=switch]').click();
    await this.page.locator(`::-p-text(You’re online as ${this.name})`).wait();
  }

  async leave(): Promise<void> {
    await this.page.locator('[role=toolbar] button[aria-keyshortcuts="Shift+L"]').click();
  }

  /** The status line shows the remark now, or has shown it since the page was loaded. */
  async hasRead(remark: string): Promise<void> {
    await expect.poll(() => remarksOf(this.page)).toContain(remark);
  }

  /** Presses the button with this name as soon as one is enabled. */
  async press(name: string): Promise<void> {
    const pressed = () =>
      this.page.evaluate((wanted) => {
        const button = [...document.querySelectorAll('button')].find(
          (one) =>
            !one.disabled &&
            one.checkVisibility({ visibilityProperty: true }) &&
            (one.ariaLabel ?? one.textContent)?.trim() === wanted,
        );
        button?.click();
        return button !== undefined;
      }, name);
    await expect.poll(pressed, { message: `${this.name} presses ${name}` }).toBe(true);
  }

  /** Writes into the chat, which must be open. */
  async write(text: string): Promise<void> {
    await this.page.locator('textarea').fill(text);
    await this.page.keyboard.press('Enter');
  }

  /** Texts of the elements that match a selector. */
  texts(selector: string): Promise<readonly string[]> {
    return this.page.$$eval(selector, (found) => found.map(({ textContent }) => textContent?.trim() ?? ''));
  }

  /** Width in px of the picture that a tile receives; 0 while there is none. */
  pictureWidth(tile: string): Promise<number> {
    return this.page.evaluate(
      (name) =>
        document.querySelector<HTMLVideoElement>(`article[aria-label="${name}"] video`)?.videoWidth ?? 0,
      tile,
    );
  }

  async seesAndHears(other: Person): Promise<void> {
    const video = `article[aria-label="${other.name}"] video`;
    await expect
      .poll(async () => nearestColour(await this.page.$eval(video, pixelOf).catch(() => null)), {
        message: `${this.name} sees ${other.name} in ${other.look.colour}`,
        timeout: within(25_000),
      })
      .toBe(other.look.colour);
    // Without a sound card Firefox runs no AudioContext, so only its own statistics show what it plays.
    const before = await this.page.evaluate(heardEnergy);
    await expect
      .poll(() => this.page.evaluate(heardEnergy), {
        message: `${this.name} hears ${other.name}`,
        timeout: within(25_000),
      })
      .toBeGreaterThan(before + 0.001);
  }

  /** Frequency that the peer must hear, in Hz. */
  get tone(): number {
    return tone;
  }

  async close(): Promise<void> {
    await this.browser.close();
  }
}

/** Runs in the page: records every connection that the page creates. */
function recordConnections(): void {
  const made: RTCPeerConnection[] = [];
  Reflect.set(globalThis, 'connections', made);
  const Real = RTCPeerConnection;
  globalThis.RTCPeerConnection = class extends Real {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      made.push(this);
    }
  };
}

/** Runs in the page: the energy of all sound received (webrtc-stats, `totalAudioEnergy`); silence adds nothing. */
async function heardEnergy(): Promise<number> {
  let energy = 0;
  for (const connection of Reflect.get(globalThis, 'connections') as RTCPeerConnection[]) {
    if (connection.connectionState === 'closed') continue;
    const report = await connection.getStats();
    report.forEach((figures: { type: string; kind?: string; totalAudioEnergy?: number }) => {
      if (figures.type === 'inbound-rtp' && figures.kind === 'audio') energy += figures.totalAudioEnergy ?? 0;
    });
  }
  return energy;
}

/** With a person who uses Firefox. */
export const test = base.extend<{ fiona: FirefoxUser }>({
  // eslint-disable-next-line no-empty-pattern
  fiona: async ({}, use) => {
    const fiona = await FirefoxUser.start('Fiona');
    await use(fiona);
    await fiona.close();
  },
});
