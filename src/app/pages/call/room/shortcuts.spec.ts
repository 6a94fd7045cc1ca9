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

  for (const tag of ['input', 'textarea', 'select']) {
    it(`ignores keys typed into ${tag}`, () => {
      expect(press('m', {}, document.createElement(tag))).toBeNull();
      expect(press('m', {}, document.createElement('button'))).toBe('microphone');
    });
  }
});
