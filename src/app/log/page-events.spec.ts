import { loggedEvents, note } from './note';
import { notePageEvents } from './page-events';

const latest = () => loggedEvents().at(-1)?.text;

describe('notePageEvents', () => {
  /** A page of its own, whose visibility is set by hand. */
  const opened = () => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    const window = frame.contentWindow!;
    let visibility: DocumentVisibilityState = 'visible';
    Object.defineProperty(window.document, 'visibilityState', { get: () => visibility });
    note('ui', 'before');
    notePageEvents(window);
    return {
      window,
      set: (state: DocumentVisibilityState) => (visibility = state),
      end: () => frame.remove(),
    };
  };

  it('notes whether the page is visible, at first and on each change', () => {
    const page = opened();
    expect(latest()).toBe('page visible');
    page.set('hidden');
    page.window.document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
    expect(latest()).toBe('page hidden');
    page.end();
  });

  for (const type of ['freeze', 'resume']) {
    it(`notes ${type} of the document`, () => {
      const page = opened();
      page.window.document.dispatchEvent(new Event(type));
      expect(latest()).toBe(`page ${type}`);
      page.end();
    });
  }

  for (const type of ['online', 'offline', 'pagehide', 'pageshow']) {
    it(`notes ${type} of the window`, () => {
      const page = opened();
      page.window.dispatchEvent(new Event(type));
      expect(latest()).toBe(`page ${type}`);
      page.end();
    });
  }
});
