import { chromium, type Browser, type LaunchOptions } from '@playwright/test';

import { film, sound, type Colour } from './capture-files';
import { chromiumWith } from './chromium';

/** What tells people apart: each one's camera shows a colour, each one's microphone hears a tone (Hz). */
export const looks = {
  Ada: { colour: 'red', tone: 440 },
  Ben: { colour: 'green', tone: 660 },
  Cleo: { colour: 'blue', tone: 880 },
} as const satisfies Record<string, Look>;

export interface Look {
  readonly colour: Colour;
  readonly tone: number;
}

export type Name = keyof typeof looks;

/** `no camera`: a computer without one. */
export type Devices = 'own' | 'no camera';

/** How a browser is started for somebody. Permissions are left to the context: nothing is granted unasked. */
export const launchOptions = (
  name: Name,
  devices: Devices = 'own',
  more: readonly string[] = [],
): LaunchOptions => {
  const { colour, tone } = looks[name];
  if (devices === 'no camera') return chromiumWith(`${fakeDevices}=device-count=0`, ...more);
  return chromiumWith(
    fakeDevices,
    `--use-file-for-fake-video-capture=${film(colour)}`,
    `--use-file-for-fake-audio-capture=${sound(tone)}`,
    ...more,
  );
};

const fakeDevices = '--use-fake-device-for-media-stream';

/** One browser for each person, since capture files are flags of the browser. Started when first asked for. */
export class Browsers {
  private readonly started = new Map<string, Promise<Browser>>();

  of(name: Name, devices: Devices): Promise<Browser> {
    const key = `${name} ${devices}`;
    const browser = this.started.get(key) ?? chromium.launch(launchOptions(name, devices));
    this.started.set(key, browser);
    return browser;
  }

  async close(): Promise<void> {
    const browsers = await Promise.allSettled(this.started.values());
    const running = browsers.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    await Promise.all(running.map((browser) => browser.close()));
  }
}
