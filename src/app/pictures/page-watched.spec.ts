import { VirtualTime } from '../testing/virtual-time';
import { pageWatched$ } from './page-watched';

describe('whether members may be seen', () => {
  const page = () => {
    const time = new VirtualTime();
    const document = Object.assign(new EventTarget(), {
      visibilityState: 'visible',
      pictureInPictureElement: null as object | null,
      defaultView: { documentPictureInPicture: { window: null as object | null } },
    });
    const said = time.record(pageWatched$(document as unknown as Document));
    const turn = (visible: boolean) => {
      document.visibilityState = visible ? 'visible' : 'hidden';
      document.dispatchEvent(new Event('visibilitychange'));
    };
    return { time, document, said, turn };
  };

  it('ends ten seconds after the page was hidden, and begins at once', async () => {
    const { time, said, turn } = page();
    turn(false);
    await time.pass(9_000);
    turn(true);
    turn(false);
    await time.pass(11_000);
    turn(true);
    expect(said.heard).toEqual([
      [0, true],
      [19_000, false],
      [20_000, true],
    ]);
    said.stop();
  });

  for (const [what, open, close] of [
    ['a picture', { pictureInPictureElement: {} }, { pictureInPictureElement: null }],
    [
      'a window',
      { defaultView: { documentPictureInPicture: { window: {} } } },
      { defaultView: { documentPictureInPicture: { window: null } } },
    ],
  ] as const) {
    it(`lasts as long as ${what} stays on top`, async () => {
      const { time, document, said, turn } = page();
      Object.assign(document, open);
      turn(false);
      await time.pass(35_000);
      expect(said.last).toBeTrue();
      Object.assign(document, close);
      await time.pass(10_000);
      expect(said.last).toBeFalse();
      said.stop();
    });
  }
});
