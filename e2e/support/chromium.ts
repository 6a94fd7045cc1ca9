import type { LaunchOptions } from '@playwright/test';

import { chromiumPath, shellPath } from './environment';
import { within } from '../../tools/patience.mjs';

/** Chromium uses only the last `--disable-features`, so the features that Playwright disables are repeated here. */
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
 * Every new window loads two pages for the dropdown of its address bar, which tests never see. They take three quarters
 * of a window's processor time: 0.9 s.
 */
const addressBar = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup'];

/** Options for starting Chromium, with the common flags and those given. */
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
 * The same without a window. Apps can't be installed in it, it never asks about cameras and microphones, and of
 * insecure addresses it trusts only the loopback.
 */
export const shellWith = (...flags: readonly string[]): LaunchOptions => ({
  ...chromiumWith(...flags, '--use-fake-ui-for-media-stream'),
  executablePath: shellPath,
});
