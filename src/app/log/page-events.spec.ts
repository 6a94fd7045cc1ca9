import { loggedEvents } from './note';
import { notePageEvents } from './page-events';

describe('notePageEvents', () => {
  it('notes what the browser does with the page', () => {
    const document = Object.assign(new EventTarget(), { visibilityState: 'visible' });
    const window = Object.assign(new EventTarget(), { document });
    notePageEvents(window as unknown as Window);
    document.visibilityState = 'hidden';
    document.dispatchEvent(new Event('visibilitychange'));
    document.dispatchEvent(new Event('freeze'));
    document.dispatchEvent(new Event('resume'));
    window.dispatchEvent(new Event('offline'));
    window.dispatchEvent(new Event('online'));
    window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: false }));
    expect(
      loggedEvents()
        .slice(-7)
        .map(({ text }) => text),
    ).toEqual([
      'page hidden',
      'page freeze',
      'page resume',
      'page offline',
      'page online',
      'page left persisted=true',
      'page restored',
    ]);
  });
});
