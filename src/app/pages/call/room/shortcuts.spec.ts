import { shortcutFor, shortcuts } from './shortcuts';

const press = (key: string, init: KeyboardEventInit = {}, target?: HTMLElement) => {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, ...init });
  if (target) target.dispatchEvent(event);
  return shortcutFor(event);
};

describe('shortcutFor', () => {
  it('recognizes every key of the help sheet', () => {
    for (const { action, keys } of shortcuts) {
      const key = keys.at(-1) ?? '';
      expect(press(keys.length > 1 ? key : key.toLowerCase(), { shiftKey: keys[0] === 'Shift' }))
        .withContext(action)
        .toBe(action);
    }
  });

  it('ignores keys that belong to the browser, repeat, or are part of a composition', () => {
    for (const init of [
      { ctrlKey: true },
      { metaKey: true },
      { altKey: true },
      { repeat: true },
      { isComposing: true },
      { keyCode: 229 },
    ]) {
      expect(press('m', init)).toBeNull();
    }
    expect(press('M', { shiftKey: true })).toBeNull();
    expect(press('x')).toBeNull();
  });

  it('leaves the keys that turn pages to what scrolls: a panel, and a screen that is zoomed in', () => {
    const [panel, inside, zoomed] = ['section', 'button', 'div'].map((tag) => document.createElement(tag));
    panel!.append(inside!);
    zoomed!.tabIndex = 0;
    expect(press('PageDown', {}, inside)).toBeNull();
    expect(press('PageDown', {}, zoomed)).toBeNull();
    expect(press('m', {}, inside)).toBe('microphone');
    expect(press('PageDown', {}, document.createElement('button'))).toBe('pageOn');
  });

  for (const tag of ['input', 'textarea', 'select']) {
    it(`ignores keys typed into ${tag}`, () => {
      expect(press('m', {}, document.createElement(tag))).toBeNull();
      expect(press('m', {}, document.createElement('button'))).toBe('microphone');
    });
  }
});
