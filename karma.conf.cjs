// Karma for the unit and contract suites. CHROMIUM_BIN is found or installed by tools/.
module.exports = (config) => {
  process.env.CHROMIUM_BIN ??= 'chromium';
  config.set({
    frameworks: ['jasmine'],
    plugins: [
      require('karma-jasmine'),
      require('karma-chrome-launcher'),
      require('karma-junit-reporter'),
    ],
    reporters: ['progress', 'junit'],
    junitReporter: {
      outputDir: process.env.KARMA_REPORT_DIR ?? 'reports',
      outputFile: process.env.KARMA_REPORT ?? 'unit.xml',
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
