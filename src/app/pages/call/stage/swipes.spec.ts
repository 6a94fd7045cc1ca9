import { swipeBetween, swipes } from './swipes';

describe('swipeBetween', () => {
  for (const [x, y, expected] of [
    [-60, 0, 1],
    [60, 10, -1],
    [-40, 0, 0],
    [-60, 60, 0],
    [0, 200, 0],
    [-90, -50, 1],
  ] as const) {
    it(`takes a way of ${x}, ${y} for ${expected}`, () => {
      const down = { clientX: 200, clientY: 200 };
      expect(swipeBetween(down, { clientX: 200 + x, clientY: 200 + y })).toBe(expected);
    });
  }
});

describe('swipes', () => {
  let element: HTMLElement;
  let found: number[];
  const point = (type: string, clientX: number, init: PointerEventInit = {}, target: Element = element) =>
    target.dispatchEvent(
      new PointerEvent(type, { pointerType: 'touch', isPrimary: true, bubbles: true, clientX, ...init }),
    );

  beforeEach(() => {
    element = document.createElement('div');
    document.body.append(element);
    found = [];
  });
  afterEach(() => element.remove());

  it('are ways of one finger, mirrored from right to left', () => {
    const watched = swipes(element).subscribe((way) => found.push(way));
    point('pointerdown', 200);
    point('pointerup', 100);
    point('pointerdown', 100);
    point('pointerup', 200);
    point('pointerdown', 200);
    point('pointerup', 190);
    element.dir = 'rtl';
    point('pointerdown', 200);
    point('pointerup', 100);
    expect(found).toEqual([1, -1, -1]);
    watched.unsubscribe();
  });

  it('are no ways of a mouse, of a second finger, of a gesture that the browser takes, or over what scrolls', () => {
    const watched = swipes(element).subscribe((way) => found.push(way));
    point('pointerdown', 200, { pointerType: 'mouse' });
    point('pointerup', 100, { pointerType: 'mouse' });
    point('pointerdown', 200, { isPrimary: false });
    point('pointerup', 100, { isPrimary: false });
    point('pointerdown', 200);
    point('pointercancel', 150);
    point('pointerup', 100);
    const scrolling = document.createElement('div');
    scrolling.tabIndex = 0;
    element.append(scrolling);
    point('pointerdown', 200, {}, scrolling);
    point('pointerup', 100, {}, scrolling);
    expect(found).toEqual([]);
    watched.unsubscribe();
  });
});
