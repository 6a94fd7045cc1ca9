import { isComposing, isPressed } from './pressed';

const key = (init: KeyboardEventInit) => new KeyboardEvent('keydown', init);

describe('isPressed', () => {
  it('recognizes the key', () => {
    expect(isPressed(key({ key: 'Enter' }), 'Enter')).toBeTrue();
    expect(isPressed(key({ key: 'Enter' }), 'Escape')).toBeFalse();
  });

  it('leaves keys of the input method alone, including Safari’s', () => {
    expect(isPressed(key({ key: 'Enter', isComposing: true }), 'Enter')).toBeFalse();
    expect(isPressed(key({ key: 'Enter', keyCode: 229 }), 'Enter')).toBeFalse();
    expect(isComposing(key({ key: ' ', keyCode: 229 }))).toBeTrue();
    expect(isComposing(key({ key: 'm' }))).toBeFalse();
  });
});
