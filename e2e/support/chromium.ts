import type { LaunchOptions } from '@playwright/test';

import { chromiumPath, shellPath } from './environment';
import { within } from '../../tools/patience.mjs';

/** Of the last `--disable-features` alone Chromium takes notice: what Playwright switches off has to be named again. */
const playwrightsOwn = [
  'AimEnabled',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
  'TcpPortRandomizationWin',
  'ThirdPartyStoragePartitioning',
];

/**
 * Two pages that every new window loads for what drops down from its address bar, which nobody sees here. They cost three
 * quarters of the processor time of a window: 0.9 s.
 */
const addressBar = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup'];

/** How a Chromium is started, with flags of its own beside those of all. */
export const chromiumWith = (...flags: readonly string[]): LaunchOptions => ({
  executablePath: chromiumPath,
  timeout: within(30_000),
  args: [
    '--no-sandbox',
    '--disable-gpu',
    `--disable-features=${[...playwrightsOwn, ...addressBar].join()}`,
    ...flags,
  ],
});

/**
 * The same without a window: it can't be installed to, asks nobody about cameras and microphones, and takes no other address
 * for secure than the loopback.
 */
export const shellWith = (...flags: readonly string[]): LaunchOptions => ({
  ...chromiumWith(...flags, '--use-fake-ui-for-media-stream'),
  executablePath: shellPath,
});
