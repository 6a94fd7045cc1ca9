import { loggedEvents } from './note';
import { UncaughtErrors } from './uncaught-errors';

describe('UncaughtErrors', () => {
  it('notes an error and still reports it', () => {
    const report = spyOn(console, 'error');
    const error = new TypeError('at https://example.org');
    new UncaughtErrors().handleError(error);
    expect(loggedEvents().at(-1)?.text).toBe('page uncaught TypeError');
    expect(report).toHaveBeenCalledOnceWith('ERROR', error);
  });
});
