import { isDoublePress } from './double-press';

describe('isDoublePress', () => {
  const press = (timeStamp: number, clientX = 0, clientY = 0) => ({ timeStamp, clientX, clientY });

  it('is two presses soon after each other at about the same place', () => {
    expect(isDoublePress(press(0), press(250, 10, 10))).toBeTrue();
    expect(isDoublePress(null, press(250))).toBeFalse();
    expect(isDoublePress(press(0), press(600))).toBeFalse();
    expect(isDoublePress(press(0), press(250, 100))).toBeFalse();
  });
});
