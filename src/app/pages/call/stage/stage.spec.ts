import { ApplicationRef, type ComponentRef, createComponent, EnvironmentInjector } from '@angular/core';
import { TestBed } from '@angular/core/testing';

import { I18n } from '../../../i18n/i18n';
import { stageLayout, type Box } from '../../../layout/stage-layout';
import { LocalMedia } from '../../../media/local-media';
import type { InputState } from '../../../media/media';
import { fakeMember } from '../../../testing/fake-call';
import { FakeLocalMedia } from '../../../testing/fake-local-media';
import { pictureTrack } from '../../../testing/opened-call-page';
import { OwnPictureShown } from './own-picture-shown';
import { Stage } from './stage';
import { memberView, type MemberView } from './member-view';

const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));

/** A camera track that looks one way. */
const facing = (facingMode: string): MediaStreamTrack => {
  const track = pictureTrack();
  track.getSettings = () => ({ facingMode });
  return track;
};

const elementOf = ({ location }: ComponentRef<Stage>) => location.nativeElement as HTMLElement;

describe('Stage', () => {
  let shown: ComponentRef<Stage>;
  let media: FakeLocalMedia;
  let tracks: MediaStreamTrack[];

  const picture = (width = 64, height = 36): MediaStream => {
    const track = pictureTrack(width, height);
    tracks.push(track);
    return new MediaStream([track]);
  };
  const member = (session: string, stream: MediaStream | null): MemberView =>
    memberView(fakeMember({ session, name: session, stream }), 'Guest');
  const ownTile = ({ stream = null, camera = true }: Partial<MemberView> = {}): MemberView => ({
    ...member('me', stream),
    own: true,
    label: 'Kim (you)',
    camera,
    pictured: camera && stream !== null,
    microphone: true,
  });

  const settle = () => TestBed.inject(ApplicationRef).whenStable();

  /** A stage of this size, in CSS px. */
  const stage = async (width: number, height: number, others: readonly MemberView[], own = ownTile()) => {
    // `TestBed` would compile the stage itself, without what it loads later.
    shown = createComponent(Stage, { environmentInjector: TestBed.inject(EnvironmentInjector) });
    const element = elementOf(shown);
    element.style.inlineSize = `${width}px`;
    element.style.blockSize = `${height}px`;
    document.body.append(element);
    shown.setInput('others', others);
    shown.setInput('own', own);
    TestBed.inject(ApplicationRef).attachView(shown.hostView);
    // The browser reports the stage's size after it has laid it out.
    await until(() => parseFloat(element.style.getPropertyValue('--tile-width')) > 0);
    return element;
  };
  const until = async (seen: () => boolean) => {
    while (!seen()) {
      await frame();
      await settle();
    }
  };
  const button = (name: string) =>
    elementOf(shown).querySelector<HTMLButtonElement>(`button[aria-label="${name}"]`);
  const press = async (name: string) => {
    button(name)!.click();
    await settle();
  };
  const query = (selector: string) => elementOf(shown).querySelector<HTMLElement>(selector);
  const scale = (selector: string) => (query(`${selector} video`)?.style.scale ?? '').split(' ').map(Number);
  const box = (selector: string) => query(selector)!.getBoundingClientRect();

  beforeEach(async () => {
    localStorage.clear();
    tracks = [];
    media = new FakeLocalMedia();
    TestBed.configureTestingModule({ providers: [{ provide: LocalMedia, useValue: media }] });
    await TestBed.inject(I18n).use('en');
  });
  afterEach(() => {
    tracks.forEach((track) => track.stop());
    shown.destroy();
    localStorage.clear();
  });

  it('fills a tall tile with a wide picture, and shows it whole on request', async () => {
    await stage(360, 600, [member('ann', picture())]);
    const ann = '[aria-label=ann]';
    await until(() => (scale(ann)[0] ?? 1) > 1);
    expect(scale(ann)[0]).toBeCloseTo(64 / 36 / (360 / 600), 2);
    const toggle = button('Show whole picture')!;
    expect(toggle.offsetWidth).toBeGreaterThanOrEqual(44);
    expect(toggle.offsetHeight).toBeGreaterThanOrEqual(44);
    await press('Show whole picture');
    expect(scale(ann)).toEqual([1]);
    await press('Fill the tile');
    expect(scale(ann)[0]).toBeGreaterThan(2);
  });

  it('does the same on a double tap, and remembers it while the member is on the stage in another way', async () => {
    await stage(360, 600, [member('ann', picture())]);
    const ann = '[aria-label=ann]';
    await until(() => (scale(ann)[0] ?? 1) > 1);
    const tap = async (timeStamp: number, x = 100) => {
      const event = new MouseEvent('click', { bubbles: true, clientX: x, clientY: 100 });
      Object.defineProperty(event, 'timeStamp', { value: timeStamp });
      query(`${ann} video`)!.dispatchEvent(event);
      await settle();
    };
    await tap(1_000);
    await tap(2_000);
    await tap(2_100, 300);
    expect(scale(ann)[0]).toBeGreaterThan(1);
    await tap(2_300, 300);
    expect(scale(ann)).toEqual([1]);
    // A third tap belongs to no pair.
    await tap(2_400, 300);
    expect(scale(ann)).toEqual([1]);
    shown.setInput('others', [member('ann', picture()), member('bob', null)]);
    await until(() => query('[aria-label=bob]') !== null);
    expect(scale(ann)).toEqual([1]);
  });

  it('offers no choice where the picture has the shape of the tile, or where there is none', async () => {
    await stage(640, 360, [member('ann', picture())]);
    const ann = query('[aria-label=ann] video') as HTMLVideoElement;
    await until(() => ann.videoWidth > 0);
    await settle();
    expect(button('Show whole picture')).toBeNull();
    shown.setInput('others', [member('ann', null)]);
    await settle();
    expect(button('Show whole picture')).toBeNull();
  });

  // A recording is laid out by `stageLayout`, and must look like the stage.
  for (const [width, height] of [
    [1280, 720],
    [720, 960],
  ] as const) {
    for (const [others, screens] of [
      [0, 0],
      [1, 0],
      [2, 0],
      [4, 0],
      [7, 0],
      [1, 1],
      [5, 1],
    ] as const) {
      it(`puts ${others} others and ${screens} screens on ${width} × ${height} where the layout says`, async () => {
        const members = Array.from({ length: others }, (_, index) => member(`m${index}`, null));
        await stage(width, height, members);
        const shared = members
          .slice(0, screens)
          .map(({ session, name }) => ({ session, name, stream: new MediaStream() }));
        shown.setInput('screens', shared);
        await until(() => elementOf(shown).querySelectorAll('[parleyScreenTile]').length === screens);
        const origin = elementOf(shown).getBoundingClientRect();
        const rounded = ({ x, y, width: wide, height: high }: Box) => [x, y, wide, high].map(Math.round);
        const found = [...elementOf(shown).querySelectorAll('article')].map((tile) => {
          const { x, y, width: wide, height: high } = tile.getBoundingClientRect();
          return rounded({ x: x - origin.x, y: y - origin.y, width: wide, height: high });
        });
        const on = { others, screens, corner: 'bottom-end', ratio: 4 / 3 } as const;
        const layout = stageLayout(on, width, height);
        expect(found).toEqual([...layout.screens, ...layout.others, layout.own].map(rounded));
      });
    }
  }

  describe('own camera', () => {
    const camera = async (track: MediaStreamTrack) => {
      tracks.push(track);
      const state: InputState = { status: 'on', track };
      shown.setInput('own', ownTile({ stream: new MediaStream([track]) }));
      shown.setInput('camera', state);
      await settle();
    };

    it('flips between front and back, mirrors only the front, and keeps the button meanwhile', async () => {
      await stage(360, 600, [member('ann', null)]);
      await camera(facing('user'));
      expect(scale('.mine')[0]).toBeLessThan(0);
      await press('Flip camera');
      expect(media.borrowed).toEqual([['camera', 'c2']]);
      shown.setInput('camera', { status: 'starting' } satisfies InputState);
      await settle();
      expect(button('Flip camera')).not.toBeNull();
      await press('Flip camera');
      expect(media.borrowed.length).toBe(1);
      await camera(facing('environment'));
      expect(scale('.mine')[0]).toBeGreaterThan(0);
      await press('Flip camera');
      expect(media.borrowed.at(-1)).toEqual(['camera', 'c1']);
      // The rest of the small picture still moves it.
      expect(button('Move your video to another corner')).not.toBeNull();
      shown.setInput('camera', { status: 'off' } satisfies InputState);
      await settle();
      expect(button('Flip camera')).toBeNull();
    });

    it('has no button to flip it without another that looks the other way', async () => {
      await stage(360, 600, [member('ann', null)]);
      media.simulateDevices({ cameras: [] });
      await camera(facing('user'));
      expect(button('Flip camera')).toBeNull();
    });

    it('can be hidden from oneself, leaving a sign that says whether it is on', async () => {
      await stage(360, 600, [member('ann', picture())]);
      await camera(facing('user'));
      await until(() => (scale('[aria-label=ann]')[0] ?? 1) > 1);
      const isSeen = () => getComputedStyle(query('.mine video')!).opacity === '1';
      expect(isSeen()).toBeTrue();
      TestBed.inject(OwnPictureShown).turn(false);
      await settle();
      expect(isSeen()).toBeFalse();
      const sign = query('[aria-label="Kim (you)"]')!;
      expect(sign.innerText.trim()).toBe('Camera on');
      expect(sign.checkVisibility()).toBeTrue();
      expect(box('.mine').height).toBeLessThan(60);
      expect(button('Flip camera')).toBeNull();
      shown.setInput('own', ownTile({ camera: false }));
      await settle();
      expect(sign.innerText.trim()).toBe('Camera off');
      expect(localStorage.getItem('parley.ownPicture')).toBe('hidden');
      TestBed.inject(OwnPictureShown).turn(true);
      expect(localStorage.getItem('parley.ownPicture')).toBeNull();
    });

    it('says so on the own tile too where it is as large as the others, and gives its place to them', async () => {
      TestBed.inject(OwnPictureShown).turn(false);
      await stage(1280, 640, []);
      expect(query('[aria-label="Kim (you)"]')!.innerText).toContain('Camera on');
      shown.setInput('others', [member('ann', null), member('bob', null)]);
      await settle();
      expect(box('[aria-label=ann]').width).toBe(636);
      expect(box('[aria-label=ann]').height).toBe(640);
    });
  });

  describe('with a shared screen', () => {
    const share = async () => {
      const stream = new MediaStream();
      shown.setInput('screens', [{ session: 'ann', name: 'Ann', stream }]);
      await until(() => query('[parleyScreenTile]') !== null);
      return stream;
    };

    it('says that it is starting until its picture arrives', async () => {
      await stage(1264, 650, [member('ann', null)]);
      const stream = await share();
      expect(query('[parleyScreenTile] p')?.textContent?.trim()).toBe('Ann’s screen is starting…');
      const track = pictureTrack();
      tracks.push(track);
      stream.addTrack(track);
      await until(() => query('[parleyScreenTile] p') === null);
      expect((query('[parleyScreenTile] video') as HTMLVideoElement).videoWidth).toBe(64);
    });

    for (const [width, height] of [
      [1264, 650],
      [344, 500],
    ] as const) {
      it(`keeps the shape of everyone’s tile on ${width} × ${height}`, async () => {
        await stage(width, height, [member('ann', null), member('bob', null)]);
        await share();
        const tiles = ['[aria-label=ann]', '[aria-label=bob]', '.mine'].map(box);
        // Three tiles are a little too wide for the narrow stage.
        for (const tile of tiles)
          expect(tile.width / tile.height).toBeCloseTo(width > height ? 4 / 3 : 104 / 84, 2);
        const [screen, all] = [box('[parleyScreenTile]'), elementOf(shown).getBoundingClientRect()];
        const beside = width > height;
        expect(beside ? screen.height : screen.width).toBe(beside ? height : width);
        // Nothing overlaps, and nothing sticks out.
        for (const tile of tiles) {
          if (beside) expect(tile.left).toBeGreaterThanOrEqual(screen.right + 8);
          else expect(tile.top).toBeGreaterThanOrEqual(screen.bottom + 8);
          expect(tile.right).toBeLessThanOrEqual(all.right + 0.5);
          expect(tile.bottom).toBeLessThanOrEqual(all.bottom + 0.5);
        }
      });
    }
  });
});
