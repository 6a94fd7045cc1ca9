import { hasPackage, install, onPath } from './packages.mjs';
import { Refusal } from './project.mjs';

/**
 * @typedef {'chromium' | 'firefox' | 'shell'} Browser
 * @typedef {{ variable: string, programs: string[], debian: string, remedy: string | null }} Kind a browser without a remedy is optional
 * @type {Record<Browser, Kind>}
 */
const kinds = {
  chromium: {
    variable: 'CHROMIUM_BIN',
    programs: [
      'chromium',
      'chromium-browser',
      'google-chrome',
      'google-chrome-stable',
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
    ],
    debian: 'chromium',
    remedy:
      'Chromium was not found. Install it (Debian: sudo apt-get install chromium; others: https://www.google.com/chrome/),\n' +
      'or set CHROMIUM_BIN to its path.',
  },
  firefox: {
    variable: 'FIREFOX_BIN',
    programs: ['firefox', 'firefox-esr', '/Applications/Firefox.app/Contents/MacOS/firefox'],
    debian: 'firefox-esr',
    remedy:
      'Firefox was not found. Install it (Debian: sudo apt-get install firefox-esr; others: https://www.mozilla.org/firefox/),\n' +
      'or set FIREFOX_BIN to its path.',
  },
  shell: {
    variable: 'CHROMIUM_SHELL_BIN',
    programs: ['chromium-headless-shell', 'chrome-headless-shell'],
    debian: 'chromium-headless-shell',
    remedy: null,
  },
};

/**
 * Path of a browser, or undefined if there is none. If its variable is set to something that is not a program, this
 * throws.
 *
 * @param {Browser} browser
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string | undefined}
 */
export function findBrowser(browser, env = process.env) {
  const { variable, programs } = kinds[browser];
  const given = env[variable];
  if (given) {
    const path = onPath(given, env);
    if (path) return path;
    throw new Refusal(
      `${variable} is set to ${given}, which is not a program. Correct the variable or unset it.`,
    );
  }
  for (const program of programs) {
    const path = onPath(program, env);
    if (path) return path;
  }
  return undefined;
}

/**
 * An environment with the paths of the browsers. Installs missing browsers from Debian packages, if we are allowed to.
 *
 * @param {readonly Browser[]} browsers
 * @returns {Promise<NodeJS.ProcessEnv>}
 */
export function withBrowsers(browsers) {
  // Suites ask concurrently, but apt-get can only run once at a time.
  const found = asked.then(() => environmentWith(browsers));
  asked = found.catch(() => undefined);
  return found;
}

/** @type {Promise<unknown>} */
let asked = Promise.resolve();

/** @param {readonly Browser[]} browsers @returns {Promise<NodeJS.ProcessEnv>} */
async function environmentWith(browsers) {
  const missing = browsers.filter((browser) => !findBrowser(browser)).map((browser) => kinds[browser]);
  const [needed, wanted] = [true, false].map((need) =>
    missing.filter(({ remedy }) => (remedy !== null) === need).map(({ debian }) => debian),
  );
  if (needed?.length) await install(withFonts(needed), 600_000);
  if (wanted?.length) await install(withFonts(wanted), 90_000);
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...process.env };
  for (const browser of browsers) {
    const path = findBrowser(browser);
    const { remedy } = kinds[browser];
    if (!path && remedy) throw new Refusal(remedy);
    if (path) env[kinds[browser].variable] = path;
  }
  return env;
}

/** Minimal Debian systems have no Chinese fonts. @param {readonly string[]} packages @returns {readonly string[]} */
const withFonts = (packages) => (hasPackage('fonts-noto-cjk') ? packages : [...packages, 'fonts-noto-cjk']);
