import { ApplicationRef, type ComponentRef, createComponent, EnvironmentInjector } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import axe from 'axe-core';

import { I18n } from '../../../i18n/i18n';
import { LocalMedia } from '../../../media/local-media';
import type { Speech } from '../../../speaking/speech';
import { fakeMember } from '../../../testing/fake-call';
import { FakeLocalMedia } from '../../../testing/fake-local-media';
import { Announcer } from '../../../ui/announcer';
import { OwnPictureShown } from './own-picture-shown';
import type { ShownMember } from '../room/shown-sizes';
import { Stage } from './stage';
import { memberView, type MemberView } from './member-view';

/** Names of seven other members; the longest doesn't fit anywhere. */
const seven = ['Ann', 'Ben', 'Chidimma Oluwaseun-Adebayo', 'Dana', 'Eve', 'Fay', 'Gus'];
/** Stages of screens of 320 × 568, 390 × 844, 740 × 360, 1280 × 800 and 1920 × 1080. */
const sizes = [
  [304, 452],
  [374, 726],
  [648, 316],
  [1264, 684],
  [1904, 964],
] as const;

describe('a stage with three or more members', () => {
  let shown: ComponentRef<Stage>;
  let said: string[];
  let told: ShownMember[];

  const member = (name: string, change: Partial<MemberView> = {}): MemberView => ({
    ...memberView(fakeMember({ session: name, name }), 'Guest', { quality: 1 }),
    ...change,
  });
  const own: MemberView = { ...member('me'), own: true, label: 'Kim (you)', name: 'Kim', camera: false };
  const people = (count = 7, change: Partial<MemberView> = {}) =>
    seven.slice(0, count).map((name) => member(name, change));

  const element = () => shown.location.nativeElement as HTMLElement;
  const settle = () => TestBed.inject(ApplicationRef).whenStable();
  const until = async (seen: () => boolean) => {
    while (!seen()) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      await settle();
    }
  };
  const set = async (input: string, value: unknown) => {
    shown.setInput(input, value);
    await settle();
  };
  const speech = (speaker: string | null, ...speaking: readonly string[]) =>
    set('speech', { speaker, speaking } satisfies Speech);
  const resize = async (width: number, height: number) => {
    element().style.inlineSize = `${width}px`;
    element().style.blockSize = `${height}px`;
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    await settle();
  };

  const stage = async (width: number, height: number, others: readonly MemberView[]) => {
    // `TestBed` would compile the stage itself, without what it loads later.
    shown = createComponent(Stage, { environmentInjector: TestBed.inject(EnvironmentInjector) });
    document.body.append(element());
    shown.instance.shown.subscribe((each) => told.push(each));
    shown.setInput('others', others);
    shown.setInput('own', own);
    element().style.position = 'fixed';
    element().style.inset = '0 auto auto 0';
    await resize(width, height);
    TestBed.inject(ApplicationRef).attachView(shown.hostView);
    await until(() => element().querySelector('parley-crowd-bar') !== null);
    await until(() => element().querySelector('[data-place] [data-quality]') !== null);
  };

  const tile = (name: string) => element().querySelector<HTMLElement>(`[aria-label="${name}"]`)!;
  /** The tiles that are shown, by name. */
  const tiles = () =>
    [...element().querySelectorAll<HTMLElement>('article')].filter((each) => each.checkVisibility());
  const labels = () => tiles().map((each) => each.getAttribute('aria-label'));
  const area = (name: string) => tile(name).offsetWidth * tile(name).offsetHeight;
  const button = (name: string) => element().querySelector<HTMLElement>(`button[aria-label="${name}"]`);
  const press = async (name: string) => {
    button(name)!.click();
    await settle();
  };
  const crowd = () => shown.instance.crowd()!;
  const act = async (action: Parameters<ReturnType<typeof crowd>['act']>[0]) => {
    crowd().act(action);
    await settle();
  };

  beforeEach(async () => {
    localStorage.clear();
    [said, told] = [[], []];
    TestBed.configureTestingModule({
      providers: [{ provide: LocalMedia, useValue: new FakeLocalMedia() }],
    });
    spyOn(TestBed.inject(Announcer), 'say').and.callFake((text) => void said.push(text));
    await TestBed.inject(I18n).use('en');
  });
  afterEach(() => {
    shown.destroy();
    localStorage.clear();
  });

  for (const [width, height] of sizes) {
    it(`has names and states that can be read on ${width} × ${height}, for three to eight`, async () => {
      await stage(width, height, people(2));
      for (const view of ['grid', 'speaker']) {
        if (view === 'speaker') await act('view');
        for (const status of ['connected', 'reconnecting', 'failed'] as const) {
          for (let count = 2; count <= 7; count++) {
            await set('others', people(count, { status, microphone: false, hand: count % 2 === 0 }));
            await until(() =>
              tiles().every((each) => each.querySelector('parley-pin') || each.matches('.own')),
            );
            const all = element().getBoundingClientRect();
            const boxes = tiles().map((each) => each.getBoundingClientRect());
            const where = `${count + 1} members, ${view}, ${status}`;
            expect(boxes.length).withContext(where).toBeGreaterThanOrEqual(3);
            for (const [index, box] of boxes.entries()) {
              const { left, right, top, bottom } = box;
              expect(
                left >= all.left && right <= all.right + 0.5 && top >= all.top && bottom <= all.bottom + 0.5,
              )
                .withContext(where)
                .toBeTrue();
              for (const other of boxes.slice(index + 1)) {
                const isApart =
                  right <= other.left || other.right <= left || bottom <= other.top || other.bottom <= top;
                expect(isApart).withContext(where).toBeTrue();
              }
            }
            for (const each of tiles().filter((one) => !one.matches('.own'))) {
              const what = `${each.getAttribute('aria-label')}, ${where}`;
              const name = each.querySelector<HTMLElement>('.strip .name')!;
              const box = name.getBoundingClientRect();
              const around = each.getBoundingClientRect();
              // At least four letters of the name, beside the sign of the microphone.
              const text = name.querySelector<HTMLElement>('.text')!;
              expect(text.offsetWidth).withContext(what).toBeGreaterThanOrEqual(20);
              expect(parseFloat(getComputedStyle(text).fontSize))
                .withContext(what)
                .toBeGreaterThanOrEqual(12);
              expect(name.querySelector('parley-icon')!.checkVisibility()).withContext(what).toBeTrue();
              expect(box.bottom).withContext(what).toBeLessThanOrEqual(around.bottom);
              expect(box.right).withContext(what).toBeLessThanOrEqual(around.right);
              const pin = each.querySelector('parley-pin button')!.getBoundingClientRect();
              expect([pin.width, pin.height]).withContext(what).toEqual([44, 44]);
              expect(box.top)
                .withContext(what)
                .toBeGreaterThanOrEqual(pin.bottom - 0.5);
              if (status === 'failed')
                expect(each.querySelector('.status.bad')).withContext(what).not.toBeNull();
            }
          }
        }
      }
    });
  }

  it('says on the tile alone why there is no connection, with eight on 320 px', async () => {
    const others = people().map((each, index) =>
      index === 1
        ? { ...each, status: 'failed' as const, obstacle: 'noRelay' as const, quality: null }
        : each,
    );
    await stage(304, 452, others);
    const trouble = () => tile('Ben').querySelector<HTMLElement>('.obstacle');
    await until(() => trouble() !== null);
    expect(element().querySelectorAll('.obstacle').length).toBe(1);
    const [box, around] = [trouble()!, tile('Ben')].map((each) => each.getBoundingClientRect());
    const strip = tile('Ben').querySelector('.name')!.getBoundingClientRect();
    expect(box!.bottom).toBeLessThanOrEqual(strip.top);
    expect(box!.right).toBeLessThanOrEqual(around!.right);
    expect(getComputedStyle(trouble()!).overflowY).toBe('auto');
    // Its text begins at the top, so that it can be scrolled through.
    const heading = trouble()!.querySelector('strong')!.getBoundingClientRect();
    expect(heading.top).toBeGreaterThanOrEqual(around!.top);
    const { violations } = await axe.run(element(), { rules: { region: { enabled: false } } });
    expect(violations.map(({ id, nodes }) => `${id} ${nodes.map(({ html }) => html).join()}`)).toEqual([]);
  });

  it('keeps everyone’s video element from two members to eight, in every view and on every page', async () => {
    await stage(374, 726, people());
    const videos = () => ['Ann', 'Gus', 'Kim (you)'].map((name) => tile(name).querySelector('video'));
    const before = videos();
    await act('view');
    await press('Next page');
    await set('others', people().toReversed());
    expect(videos()).toEqual(before);
  });

  it('turns pages by buttons, keys and swipes, and reports who is hidden', async () => {
    await stage(374, 726, people());
    expect(labels()).toEqual(['Ann', 'Ben', seven[2]!, 'Dana', 'Eve', 'Kim (you)']);
    expect(told.filter(({ size }) => size === null).map(({ session }) => session)).toEqual(['Fay', 'Gus']);
    expect(button('Previous page')!.matches(':disabled')).toBeTrue();
    for (const name of ['Next page', 'Previous page']) {
      expect(button(name)!.offsetWidth).toBeGreaterThanOrEqual(44);
      expect(button(name)!.offsetHeight).toBeGreaterThanOrEqual(44);
    }
    told = [];
    await press('Next page');
    expect(labels()).toEqual(['Fay', 'Gus', 'Kim (you)']);
    expect(said).toEqual(['Page 2 of 2']);
    await until(() =>
      ['Fay', 'Gus'].every((name) => told.some(({ session, size }) => session === name && size)),
    );
    expect(told.filter(({ size }) => size === null).map(({ session }) => session)).toEqual(seven.slice(0, 5));
    await act('pageOn');
    expect(labels()).toEqual(['Fay', 'Gus', 'Kim (you)']);
    await act('pageBack');
    expect(labels()[0]).toBe('Ann');
    const touch = (type: string, clientX: number) =>
      tile('Ann').dispatchEvent(
        new PointerEvent(type, { pointerType: 'touch', isPrimary: true, bubbles: true, clientX }),
      );
    touch('pointerdown', 300);
    touch('pointerup', 100);
    await settle();
    expect(labels()[0]).toBe('Fay');
    expect(element().querySelectorAll('.dot').length).toBe(2);
  });

  it('hides no one from a small window or a recording', async () => {
    await stage(374, 726, people());
    const hidden = () => told.filter(({ session }) => session === 'Fay' || session === 'Gus');
    told = [];
    const away = (size: ShownMember['size']) => [
      { session: 'Fay', size },
      { session: 'Gus', size },
    ];
    await set('elsewhere', true);
    expect(hidden()).toEqual(away({ width: 320, height: 180 }));
    told = [];
    await set('elsewhere', false);
    expect(hidden()).toEqual(away(null));
  });

  it('says who speaks on another page, and turns to them', async () => {
    await stage(374, 726, people());
    await speech(null, 'Fay', 'Ann', 'me');
    const away = () => element().querySelector<HTMLElement>('button.away');
    expect(away()?.innerText.trim()).toBe('Fay is speaking');
    expect(tile('Ann').dataset['place']).toBe('tile speaking');
    await speech(null, 'Fay', 'Gus');
    expect(away()?.innerText.trim()).toBe('Fay and Gus are speaking');
    away()!.click();
    await settle();
    expect(labels()).toContain('Fay');
    expect(away()).toBeNull();
    // This member’s own tile says so too.
    await speech('me', 'me');
    expect(element().querySelector('.mine')?.getAttribute('data-place')).toBe('tile speaking');
  });

  it('shows a new speaker on the first page without moving anyone', async () => {
    await stage(374, 726, people());
    const boxOf = (name: string) => JSON.stringify(tile(name).getBoundingClientRect());
    const before = new Map(labels().map((name) => [name!, boxOf(name!)]));
    await speech('Gus', 'Gus');
    expect(labels()).toContain('Gus');
    const moved = labels().filter((name) => boxOf(name!) !== before.get(name!));
    expect(moved).toEqual(['Gus']);
  });

  it('shows the speaker large, and never this member', async () => {
    await stage(1264, 684, people(4));
    expect(new Set(labels().map((name) => area(name!))).size).toBe(1);
    await act('view');
    expect(said).toEqual(['The speaker is shown large']);
    expect(localStorage.getItem('parley.view')).toBe('speaker');
    expect(area('Ann')).toBeGreaterThan(4 * area('Ben'));
    await speech('Ben', 'Ben');
    expect(area('Ben')).toBeGreaterThan(4 * area('Ann'));
    await speech('me', 'me');
    await speech(null);
    expect(area('Ben')).toBeGreaterThan(4 * area('Kim (you)'));
    await set(
      'others',
      people(4).filter(({ name }) => name !== 'Ben'),
    );
    expect(area('Ann')).toBeGreaterThan(4 * area('Dana'));
    await act('view');
    expect(new Set(labels().map((name) => area(name!))).size).toBe(1);
    expect(localStorage.getItem('parley.view')).toBeNull();
  });

  it('keeps a pinned member large while others speak, until the member leaves', async () => {
    await stage(1264, 684, people(4));
    await until(() => button('Pin Dana') !== null);
    await press('Pin Dana');
    expect(said).toEqual(['Dana is pinned']);
    expect(area('Dana')).toBeGreaterThan(4 * area('Ann'));
    await speech('Ben', 'Ben');
    expect(area('Dana')).toBeGreaterThan(4 * area('Ben'));
    expect(getComputedStyle(button('Unpin Dana')!).opacity).toBe('1');
    expect(getComputedStyle(button('Pin Ann')!).opacity).toBe('0');
    await press('Pin Ann');
    expect(button('Pin Dana')).not.toBeNull();
    expect(area('Ann')).toBeGreaterThan(4 * area('Dana'));
    await set('others', people(4).slice(1));
    await set('others', people(4));
    expect(new Set(labels().map((name) => area(name!))).size).toBe(1);
    // The key pins the speaker, and unpins.
    await act('pin');
    expect(area('Ben')).toBeGreaterThan(4 * area('Ann'));
    await act('pin');
    expect(said.at(-1)).toBe('Ben is no longer pinned');
    // The other view also unpins.
    await act('pin');
    await act('view');
    expect(crowd().pinned()).toBeNull();
    expect(crowd().isGrid()).toBeTrue();
  });

  it('shows one of several screens large, and the person chooses which', async () => {
    await stage(1264, 684, people(3));
    const screen = (session: string) => ({ session, name: session, stream: new MediaStream() });
    await set('screens', [screen('Ann'), screen('Ben')]);
    await until(() => element().querySelectorAll('[parleyScreenTile]').length === 2);
    expect(area('Ann’s screen')).toBeGreaterThan(4 * area('Ben’s screen'));
    expect(labels().length).toBe(6);
    expect(crowd().canSwitch()).toBeFalse();
    const video = tile('Ben’s screen').querySelector('video');
    await until(() => button('Pin Ben’s screen') !== null);
    await press('Pin Ben’s screen');
    expect(area('Ben’s screen')).toBeGreaterThan(4 * area('Ann’s screen'));
    expect(tile('Ben’s screen').querySelector('video')).toBe(video);
    expect(tile('Ann’s screen').querySelector('.tools')!.checkVisibility()).toBeFalse();
    await set('screens', [screen('Ann')]);
    expect(area('Ann’s screen')).toBeGreaterThan(4 * area('Ben'));
    await set('screens', []);
    expect(new Set(labels().map((name) => area(name!))).size).toBe(1);
  });

  it('gives the place of one’s own hidden picture to the others, and leaves the sign', async () => {
    TestBed.inject(OwnPictureShown).turn(false);
    await stage(374, 726, people());
    expect(labels().filter((name) => name !== 'Kim (you)').length).toBe(6);
    expect(tile('Kim (you)').checkVisibility()).toBeTrue();
    expect(element().dataset['own']).toBe('sign');
    expect(tile('Kim (you)').offsetHeight).toBeLessThan(60);
  });

  it('mirrors the places from right to left', async () => {
    await stage(1264, 684, people(3));
    const left = tile('Ann').getBoundingClientRect().left;
    element().dir = 'rtl';
    expect(tile('Ann').getBoundingClientRect().right).toBe(1264 - left);
  });

  it('is a call of two again when the others leave', async () => {
    await stage(1264, 684, people(3));
    await act('view');
    await set('others', people(1));
    expect(element().dataset['mode']).toBe('pair');
    expect(tile('Ann').getAttribute('style')).toBeFalsy();
    expect(tile('Ann').offsetWidth).toBe(1264);
    expect(element().querySelector('parley-crowd-bar')).toBeNull();
    expect(button('Pin Ann')).toBeNull();
  });
});
