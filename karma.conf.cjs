// Karma for the unit and contract suites. What the environment says comes from tools/: where Chromium is, where the report
// goes, and where the emulators are, which specs read from /emulators.json as the app does.
const { env } = process;

/** Answers /emulators.json like the Hosting emulator. */
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
    client: { jasmine: { random: true, timeoutInterval: 15_000 } },
    restartOnFileChange: false,
    singleRun: true,
  });
};
