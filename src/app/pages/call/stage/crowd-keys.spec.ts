import { crowdActionFor, crowdShortcuts } from './crowd-keys';
import { shortcuts } from '../room/shortcuts';

const press = (key: string, init: KeyboardEventInit = {}, target?: Element) => {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, ...init });
  target?.dispatchEvent(event);
  return crowdActionFor(event);
};

describe('crowdActionFor', () => {
  it('recognizes the keys of the help sheet, which no other shortcut has', () => {
    for (const { action, keys } of crowdShortcuts) {
      expect(press(keys[0]!)).toBe(action);
      expect(shortcuts.some((other) => other.keys[0] === keys[0])).toBeFalse();
    }
    expect(press('v')).toBe('view');
    expect(press('x')).toBeNull();
  });

  it('leaves keys to the browser and to text fields', () => {
    expect(press('v', { ctrlKey: true })).toBeNull();
    expect(press('V', { shiftKey: true })).toBeNull();
    expect(press('v', { isComposing: true })).toBeNull();
    expect(press('k', {}, document.createElement('input'))).toBeNull();
  });

  it('leaves the keys that turn pages to what scrolls: a panel, and a screen that is zoomed in', () => {
    const [panel, inside, zoomed] = ['section', 'button', 'div'].map((tag) => document.createElement(tag));
    panel!.append(inside!);
    zoomed!.tabIndex = 0;
    expect(press('PageDown', {}, inside)).toBeNull();
    expect(press('PageDown', {}, zoomed)).toBeNull();
    expect(press('v', {}, inside)).toBe('view');
    expect(press('PageDown', {}, document.createElement('button'))).toBe('pageOn');
  });
});
