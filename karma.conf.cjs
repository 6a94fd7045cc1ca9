// Karma for the unit and contract suites. tools/ passes the path of Chromium, the place of the report and the ports of
// the emulators in the environment. Specs read the ports from /emulators.json, as the app does.
const { env } = process;

/** Factor of all time limits: see tools/patience.mjs. */
const limitFactor = 3 * Math.max(1, Number(env.PATIENCE) || 1);

/** Serves /emulators.json like the Hosting emulator. */
function emulators() {
  const body = JSON.stringify({
    auth: { port: Number(env.AUTH_PORT ?? 9099) },
    firestore: { port: Number(env.FIRESTORE_PORT ?? 8080) },
  });
  return (request, response, next) => {
    if (request.url !== '/emulators.json') return next();
    response.setHeader('Content-Type', 'application/json');
    response.end(body);
  };
}

module.exports = (config) => {
  env.CHROMIUM_BIN ??= 'chromium';
  config.set({
    frameworks: ['jasmine'],
    plugins: [
      require('karma-jasmine'),
      require('karma-chrome-launcher'),
      require('karma-junit-reporter'),
      { 'middleware:emulators': ['factory', emulators] },
    ],
    beforeMiddleware: ['emulators'],
    reporters: ['dots', 'junit'],
    junitReporter: {
      outputDir: env.KARMA_REPORT_DIR ?? 'reports',
      outputFile: env.KARMA_REPORT ?? 'unit.xml',
      useBrowserName: false,
    },
    browsers: ['Headless'],
    customLaunchers: {
      Headless: {
        base: 'ChromiumHeadless',
        flags: [
          '--no-sandbox',
          '--disable-gpu',
          '--disable-background-networking',
          '--use-fake-ui-for-media-stream',
          '--use-fake-device-for-media-stream',
          '--autoplay-policy=no-user-gesture-required',
        ],
      },
    },
    client: { jasmine: { random: true, timeoutInterval: 15_000 * limitFactor }, limitFactor },
    // How long the browser may take to start, to respond and to reconnect on a busy machine.
    captureTimeout: 60_000 * limitFactor,
    browserNoActivityTimeout: 60_000 * limitFactor,
    browserDisconnectTimeout: 10_000 * limitFactor,
    pingTimeout: 20_000 * limitFactor,
    restartOnFileChange: false,
    singleRun: true,
  });
};
