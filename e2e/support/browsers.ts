import { chromium, type Browser, type LaunchOptions } from '@playwright/test';

import { film, sound, type Colour } from './capture-files';
import { chromiumWith, shellWith } from './chromium';

/** What tells people apart: each person's camera shows a colour of its own, and each microphone hears a tone (in Hz). */
export const looks = {
  Ada: { colour: 'red', tone: 440 },
  Ben: { colour: 'green', tone: 660 },
  Cleo: { colour: 'blue', tone: 880 },
  Dan: { colour: 'yellow', tone: 1_100 },
} as const satisfies Record<string, Look>;

export interface Look {
  readonly colour: Colour;
  readonly tone: number;
}

export type Name = keyof typeof looks;

/** `no camera`: a computer without one. */
export type Devices = 'own' | 'no camera';

/** Whether the browser asks about devices. If so, only the context's permissions are granted. */
export type Asking = 'asks' | 'asks nobody';

/** Options for starting a person's browser. */
export const launchOptions = (
  name: Name,
  devices: Devices = 'own',
  asking: Asking = 'asks nobody',
  more: readonly string[] = [],
): LaunchOptions => {
  const { colour, tone } = looks[name];
  const browserWith = asking === 'asks' ? chromiumWith : shellWith;
  if (devices === 'no camera') return browserWith(`${fakeDevices}=device-count=0`, ...more);
  return browserWith(
    fakeDevices,
    `--use-file-for-fake-video-capture=${film(colour)}`,
    `--use-file-for-fake-audio-capture=${sound(tone)}`,
    ...more,
  );
};

const fakeDevices = '--use-fake-device-for-media-stream';

/** One browser for each person, because capture files are flags of the browser. Each is started on first use. */
export class Browsers {
  private readonly started = new Map<string, Promise<Browser>>();

  of(name: Name, devices: Devices, asking: Asking): Promise<Browser> {
    const key = `${name} ${devices} ${asking}`;
    const browser = this.started.get(key) ?? chromium.launch(launchOptions(name, devices, asking));
    this.started.set(key, browser);
    return browser;
  }

  async close(): Promise<void> {
    const browsers = await Promise.allSettled(this.started.values());
    const running = browsers.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    await Promise.all(running.map((browser) => browser.close()));
  }
}
