import { Compositor, type Picture } from './compositor';

/** Size of the composed picture, in px. */
const [width, height] = [320, 180];

describe('Compositor', () => {
  let compositor: Compositor;
  let shown: HTMLVideoElement;
  let ends: (() => void)[];

  /** A video of one colour. */
  const plain = (colour: string, wide = 64, high = 36): MediaStream => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [wide, high];
    const context = canvas.getContext('2d', { alpha: false })!;
    const paint = () => {
      context.fillStyle = colour;
      context.fillRect(0, 0, wide, high);
    };
    const painting = setInterval(paint, 20);
    const stream = canvas.captureStream();
    ends.push(() => {
      clearInterval(painting);
      stream.getTracks().forEach((track) => track.stop());
    });
    return stream;
  };
  const picture = (stream: MediaStream | null, change: Partial<Picture> = {}): Picture => ({
    stream,
    name: '',
    box: { x: 0, y: 0, width, height },
    fit: 'fill',
    ...change,
  });
  /** The colours at these places of the composed picture; `other` is the paper. */
  const colours = (places: readonly (readonly [x: number, y: number])[]): readonly string[] => {
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext('2d')!;
    context.drawImage(shown, 0, 0, width, height);
    return places.map(([x, y]) => {
      const [red, green, blue] = context.getImageData(x, y, 1, 1).data as unknown as [number, number, number];
      const most = Math.max(red, green, blue);
      if (most < 100) return 'other';
      return most === red ? 'red' : most === green ? 'green' : 'blue';
    });
  };
  /** Draws again and again, until these places have these colours. */
  const draws = async (
    pictures: readonly Picture[],
    places: readonly (readonly [x: number, y: number])[],
    expected: readonly string[],
  ) => {
    do {
      compositor.draw(pictures);
      await new Promise((resolve) => setTimeout(resolve, 20));
    } while (colours(places).join() !== expected.join());
    expect(colours(places)).toEqual([...expected]);
  };

  beforeEach(async () => {
    ends = [];
    compositor = new Compositor(width, height, 25);
    shown = document.createElement('video');
    shown.muted = true;
    shown.srcObject = new MediaStream([compositor.track]);
    compositor.draw([]);
    await shown.play();
  });
  afterEach(() => {
    ends.forEach((end) => end());
    compositor.close();
    shown.srcObject = null;
  });

  it('draws every stream into its box, later ones on top', async () => {
    const half = { x: 0, y: 0, width: 160, height: 180 };
    const corner = { x: 200, y: 100, width: 100, height: 60 };
    await draws(
      [
        picture(plain('red'), { box: half }),
        picture(plain('lime'), { box: { ...half, x: 160 } }),
        picture(plain('blue'), { box: corner }),
      ],
      [
        [80, 90],
        [240, 40],
        [250, 130],
      ],
      ['red', 'green', 'blue'],
    );
  });

  it('fills a box, or shows the video whole with bands beside it', async () => {
    const upright = plain('red', 48, 64);
    const places = [
      [160, 90],
      [20, 60],
    ] as const;
    // Filling a wide box altogether would cut off a face.
    await draws([picture(upright, { box: { x: 0, y: 0, width: 320, height: 180 } })], places, [
      'red',
      'other',
    ]);
    await draws([picture(plain('red'))], places, ['red', 'red']);
    await draws([picture(plain('red', 64, 64), { fit: 'whole' })], places, ['red', 'other']);
    await draws([picture(plain('red', 64, 48), { fit: 'fill' })], places, ['red', 'red']);
  });

  it('shows the name alone for a member without a picture, and rounds the box', async () => {
    const fillText = spyOn(CanvasRenderingContext2D.prototype, 'fillText').and.callThrough();
    const box = { x: 0, y: 0, width: 320, height: 180 };
    await draws([picture(null, { name: 'Ann', box })], [[160, 60]], ['other']);
    expect(fillText.calls.mostRecent().args[0]).toBe('Ann');
    await draws([picture(plain('red'), { box })], [[160, 60]], ['red']);
    expect(colours([[1, 1]])).toEqual(['other']);
  });

  it('knows the shape of a video once it has a frame', async () => {
    const stream = plain('red', 64, 48);
    expect(compositor.ratioOf(stream)).toBeNull();
    await draws([picture(stream)], [[160, 90]], ['red']);
    expect(compositor.ratioOf(stream)).toBeCloseTo(4 / 3);
  });

  it('plays each stream once, while it is shown', async () => {
    const created = spyOn(document, 'createElement').and.callThrough();
    const stream = plain('red');
    created.calls.reset();
    await draws([picture(stream), picture(stream)], [[160, 90]], ['red']);
    expect(created.calls.allArgs().filter(([tag]) => tag === 'video').length).toBe(1);
    const { returnValue: video } = created.calls.mostRecent() as unknown as { returnValue: HTMLVideoElement };
    compositor.draw([]);
    expect(video.srcObject).toBeNull();
  });

  it('ends its track when it is closed', () => {
    compositor.close();
    expect(compositor.track.readyState).toBe('ended');
  });
});
