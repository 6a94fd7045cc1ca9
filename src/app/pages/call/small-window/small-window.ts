import {
  ApplicationRef,
  ChangeDetectionStrategy,
  Component,
  DOCUMENT,
  ElementRef,
  type EnvironmentInjector,
  InjectionToken,
  Injector,
  computed,
  createComponent,
  effect,
  inject,
  linkedSignal,
} from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { fromEvent, map, startWith } from 'rxjs';

import { callTexts } from '../../../i18n/call';
import { injectTexts } from '../../../i18n/i18n';
import { mostInGrid } from '../../../layout/crowd-layout';
import { NO_TILES, nextOrder, type OnTiles, type TileOrder } from '../../../layout/tile-order';
import { tileGrid } from '../../../layout/tile-layout';
import { callEndIcon, micIcon, micOffIcon, videocamIcon, videocamOffIcon } from '../../../ui/icon/call-icons';
import { KeyShortcuts } from '../../../ui/key-shortcuts';
import { ControlButton } from '../control-button';
import { inputPress } from '../devices/input-press';
import type { SmallScene } from './picture-in-picture';
import { shortcutFor } from '../room/shortcuts';
import { initials, type MemberView } from '../stage/member-view';

/** Smallest picture, the gap between pictures, and the height of everything else in the window, in CSS px. */
const LEAST = { width: 150, height: 100 } as const;
const GAP = 2;
const WORDS_AND_CONTROLS = 88;

const SMALL_SCENE = new InjectionToken<SmallScene>('What the small window shows');

/** The call in a window of its own, on top of all others: who is there, the state of the call, and the most urgent controls. */
@Component({
  selector: 'parley-small-window',
  imports: [ControlButton],
  templateUrl: './small-window.html',
  styleUrl: './small-window.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SmallWindow {
  protected readonly scene = inject(SMALL_SCENE);
  protected readonly t = injectTexts(callTexts);
  protected readonly press = inputPress;
  protected readonly icons = {
    mic: micIcon,
    micOff: micOffIcon,
    videocam: videocamIcon,
    videocamOff: videocamOffIcon,
    leave: callEndIcon,
  };
  private readonly size;
  /** How many members fit beside each other. Of a peer alone there is only one picture, of any size. */
  private readonly fits = computed(() => {
    const { width, height } = this.size();
    return mostInGrid(width, height - WORDS_AND_CONTROLS, LEAST, 16, GAP);
  });
  /** The latest speakers. A picture that is shown stays where it is, as on the stage. */
  private readonly order = linkedSignal<OnTiles, TileOrder>({
    source: () => ({
      members: this.scene.others().map(({ session }) => session),
      large: null,
      speaker: this.scene.speech().speaker,
      perPage: this.fits(),
      ahead: 0,
      page: 0,
    }),
    computation: (now, before) => nextOrder(before?.value ?? NO_TILES, now),
  });
  protected readonly tiles = computed((): readonly MemberView[] => {
    const others = this.scene.others();
    return this.order()
      .tiles.slice(0, this.fits())
      .flatMap((session) => others.find((other) => other.session === session) ?? []);
  });
  protected readonly grid = computed(() => {
    const { width, height } = this.size();
    return tileGrid(this.tiles().length, width, height - WORDS_AND_CONTROLS, GAP);
  });
  /** The member whose name is shown: the latest speaker, else the first with a picture, else the first. */
  protected readonly shown = computed(() => {
    const tiles = this.tiles();
    const [latest] = this.order().spoke;
    const speaker = tiles.find(({ session }) => session === latest);
    return speaker ?? tiles.find(({ pictured }) => pictured) ?? tiles[0] ?? null;
  });
  protected readonly initials = initials;

  constructor() {
    const { ownerDocument } = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
    const small = ownerDocument.defaultView!;
    this.size = toSignal(
      fromEvent(small, 'resize').pipe(
        startWith(null),
        map(() => ({ width: small.innerWidth, height: small.innerHeight })),
      ),
      { requireSync: true },
    );
    effect(() => (ownerDocument.title = this.shown()?.name ?? this.t('room.heading')));
  }
}

/** Renders the call into an empty window of the same origin; returns a function that removes it. */
export function fillSmallWindow(
  { document: small }: Window,
  environmentInjector: EnvironmentInjector,
  scene: SmallScene,
): () => void {
  const shortcuts = environmentInjector.get(KeyShortcuts);
  const application = environmentInjector.get(ApplicationRef);
  const component = createComponent(SmallWindow, {
    environmentInjector,
    hostElement: small.body.appendChild(small.createElement('parley-small-window')),
    elementInjector: Injector.create({
      providers: [{ provide: SMALL_SCENE, useValue: scene }],
      parent: environmentInjector,
    }),
  });
  application.attachView(component.hostView);
  component.changeDetectorRef.detectChanges();
  // All styles exist only now.
  const undress = dress(small, environmentInjector.get(DOCUMENT));
  const press = (event: KeyboardEvent): void => {
    const action = shortcuts.on() ? shortcutFor(event) : null;
    if (action !== 'microphone' && action !== 'camera' && action !== 'leave') return;
    event.preventDefault();
    scene.act(action);
  };
  small.addEventListener('keydown', press);
  return () => {
    small.removeEventListener('keydown', press);
    undress();
    component.destroy();
  };
}

/**
 * Copies the styles, language and theme of one document to another and follows changes; returns a function that stops
 * following.
 */
function dress(small: Document, page: Document): () => void {
  const styles = page.querySelectorAll<HTMLElement>('style, link[rel="stylesheet"]');
  for (const style of styles) {
    const copy = small.importNode(style, true);
    // A small window has no URL of its own to resolve a relative one against.
    if ('href' in style) copy.setAttribute('href', String(style.href));
    small.head.append(copy);
  }
  const [from, to] = [page.documentElement, small.documentElement];
  const follow = (): void => {
    for (const name of ['lang', 'data-theme']) {
      const value = from.getAttribute(name);
      if (value === null) to.removeAttribute(name);
      else to.setAttribute(name, value);
    }
  };
  follow();
  const following = new MutationObserver(follow);
  following.observe(from, { attributes: true });
  return () => following.disconnect();
}
