import {
  afterEveryRender,
  ApplicationRef,
  type ComponentRef,
  createComponent,
  DestroyRef,
  DOCUMENT,
  ElementRef,
  EnvironmentInjector,
  inject,
  type Signal,
  type Type,
} from '@angular/core';
import { fromEvent } from 'rxjs';

import type { Box } from '../../../layout/stage-layout';
import { KeyShortcuts } from '../../../ui/key-shortcuts';
import type { Crowd, CrowdStage } from './crowd';
import { CrowdBar } from './crowd-bar';
import { crowdActionFor } from './crowd-keys';
import { PinButton } from './pin-button';
import { screenKey } from './screen-key';
import { swipes } from './swipes';

/** What decides what is shown where. */
export interface Arranged extends Pick<CrowdStage, 'others' | 'own' | 'ownHidden' | 'screens' | 'speech'> {
  readonly layout: Crowd['layout'];
  readonly large: Signal<string | null>;
}

/**
 * Puts the tiles of the stage where they belong in a crowd, adds the buttons that only a crowd has, and obeys keys and swipes. The
 * stage is loaded by everyone before they join, so it knows nothing of this. Must be called in an injection context of the stage.
 */
export const presentCrowd = (crowd: Crowd, arranged: Arranged): void => {
  const { layout, large, others, own, ownHidden, screens, speech } = arranged;
  const host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  const destroyRef = inject(DestroyRef);
  const add = injectAdding();
  const pins = new Map<string, ComponentRef<PinButton>>();
  let bar: ComponentRef<CrowdBar> | null = null;

  /** The elements that show members and screens, in the order of the template. */
  const elements = (): ReadonlyMap<string, HTMLElement> => {
    const find = (selector: string) => [...host.querySelectorAll<HTMLElement>(`:scope > ${selector}`)];
    const named = (found: readonly HTMLElement[], keys: readonly string[]) =>
      found.flatMap((element, index) => (keys[index] === undefined ? [] : [[keys[index], element] as const]));
    return new Map([
      ...named(
        find('.screens > article'),
        screens().map(({ session }) => screenKey(session)),
      ),
      ...named(
        find('article'),
        others().map(({ session }) => session),
      ),
      ...named(find('.mine'), [own().session]),
    ]);
  };
  /** What a tile is, for styles: `large`, `tile` or `away`; and whether its member speaks. Null for the sign in a corner. */
  const placeOf = (key: string, boxes: ReadonlyMap<string, Box>): string | null => {
    if (key === own().session && ownHidden()) return null;
    const place = key === large() ? 'large' : boxes.has(key) ? 'tile' : 'away';
    return speech().speaking.includes(key) ? `${place} speaking` : place;
  };
  const present = (): void => {
    const boxes = layout()?.boxes;
    const found = elements();
    for (const [key, element] of found) {
      put(element, boxes?.get(key));
      const place = boxes ? placeOf(key, boxes) : null;
      if (place === null) delete element.dataset['place'];
      else if (element.dataset['place'] !== place) element.dataset['place'] = place;
    }
    for (const [key, pin] of pins) {
      if (boxes && found.get(key)?.contains(pin.location.nativeElement as Node)) continue;
      pin.destroy();
      pins.delete(key);
    }
    if (!boxes) {
      bar?.destroy();
      bar = null;
      return;
    }
    bar ??= add(CrowdBar, host, { crowd });
    for (const [key, element] of found) {
      if (key !== own().session && !pins.has(key)) pins.set(key, add(PinButton, element, { crowd, key }));
    }
  };
  // Tiles come with the stage's template, and those of screens once their code has loaded.
  afterEveryRender({ mixedReadWrite: present });

  const turning = swipes(host).subscribe(crowd.turn);
  const shortcuts = inject(KeyShortcuts);
  const pressing = fromEvent<KeyboardEvent>(inject(DOCUMENT), 'keydown').subscribe((event) => {
    const action = shortcuts.on() ? crowdActionFor(event) : null;
    // A room may be rendered ahead, out of sight.
    if (action === null || layout() === null || !host.checkVisibility({ visibilityProperty: true })) return;
    event.preventDefault();
    crowd.act(action);
  });
  destroyRef.onDestroy(() => {
    turning.unsubscribe();
    pressing.unsubscribe();
    for (const added of [bar, ...pins.values()]) added?.destroy();
  });
};

/** Lays out an element, or leaves that to the style sheet. */
const put = ({ style }: HTMLElement, box: Box | undefined): void => {
  const places = box && {
    'inset-inline-start': box.x,
    'inset-block-start': box.y,
    'inline-size': box.width,
    'block-size': box.height,
  };
  style.position = places ? 'absolute' : '';
  for (const name of ['inset-inline-start', 'inset-block-start', 'inline-size', 'block-size'] as const) {
    const value = places ? `${places[name]}px` : '';
    if (style.getPropertyValue(name) !== value) style.setProperty(name, value);
  }
};

/** Returns what adds a component at the end of an element of the page. Must be called in an injection context. */
const injectAdding = () => {
  const application = inject(ApplicationRef);
  const environmentInjector = inject(EnvironmentInjector);
  return <C>(
    type: Type<C>,
    into: HTMLElement,
    inputs: Readonly<Record<string, unknown>>,
  ): ComponentRef<C> => {
    const added = createComponent(type, { environmentInjector });
    for (const [name, value] of Object.entries(inputs)) added.setInput(name, value);
    into.append(added.location.nativeElement as Node);
    application.attachView(added.hostView);
    return added;
  };
};
