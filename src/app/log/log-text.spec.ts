import { debugLog, logText } from './log-text';
import { note } from './note';

describe('logText', () => {
  it('has a header and a line for each event', () => {
    expect(
      logText({ build: 'AB12CD34', userAgent: 'Browser/1.0', now: 61_000 }, [
        { at: 0.4, text: 'page visible', times: 1, last: 0.4 },
        { at: 1_500, text: 'firebase poll DocumentsError:offline', times: 3, last: 60_250 },
      ]).split('\n'),
    ).toEqual([
      'parley-log: 1',
      'build: AB12CD34',
      'browser: Browser/1.0',
      'now: 61.000',
      'events: 2',
      '',
      '0.000 page visible',
      '1.500 firebase poll DocumentsError:offline (3x until 60.250)',
      '',
    ]);
  });
});

describe('debugLog', () => {
  it('takes the build from the name of the main script, and ends with the latest event', () => {
    note('ui', 'latest');
    const page = document.implementation.createHTMLDocument();
    expect(debugLog(page)).toMatch(/^build: development$/m);
    page.head.innerHTML =
      '<base href="https://example.org/"><script src="main-QX7M2ABC.js" type="module"></script>';
    expect(debugLog(page)).toMatch(/^build: QX7M2ABC$/m);
    expect(debugLog(page)).toMatch(/ ui latest\n$/);
  });
});
