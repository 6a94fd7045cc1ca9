import { isComposing, isPressed } from './pressed';

const key = (init: KeyboardEventInit) => new KeyboardEvent('keydown', init);

describe('isPressed', () => {
  it('knows the key', () => {
    expect(isPressed(key({ key: 'Enter' }), 'Enter')).toBeTrue();
    expect(isPressed(key({ key: 'Enter' }), 'Escape')).toBeFalse();
  });

  it('leaves to the input method what is its own, also as Safari says it', () => {
    expect(isPressed(key({ key: 'Enter', isComposing: true }), 'Enter')).toBeFalse();
    expect(isPressed(key({ key: 'Enter', keyCode: 229 }), 'Enter')).toBeFalse();
    expect(isComposing(key({ key: ' ', keyCode: 229 }))).toBeTrue();
    expect(isComposing(key({ key: 'm' }))).toBeFalse();
  });
});
