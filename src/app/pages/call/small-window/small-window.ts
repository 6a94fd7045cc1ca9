import {
  ApplicationRef,
  ChangeDetectionStrategy,
  Component,
  DOCUMENT,
  ElementRef,
  type EnvironmentInjector,
  InjectionToken,
  Injector,
  afterRenderEffect,
  computed,
  createComponent,
  effect,
  inject,
  viewChild,
} from '@angular/core';

import { callTexts } from '../../../i18n/call';
import { injectTexts } from '../../../i18n/i18n';
import { callEndIcon, micIcon, micOffIcon, videocamIcon, videocamOffIcon } from '../../../ui/icon/call-icons';
import { KeyShortcuts } from '../../../ui/key-shortcuts';
import { ControlButton } from '../control-button';
import { inputPress } from '../devices/input-press';
import type { SmallScene } from './picture-in-picture';
import { shortcutFor } from '../room/shortcuts';
import { initials } from '../stage/member-view';

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
  /** The first peer with a picture, or else the first one. */
  protected readonly shown = computed(() => {
    const others = this.scene.others();
    return others.find(({ pictured }) => pictured) ?? others[0] ?? null;
  });
  protected readonly stream = computed(() => {
    const shown = this.shown();
    return shown?.pictured ? shown.stream : null;
  });
  protected readonly initials = computed(() => initials(this.shown()?.name ?? ''));
  private readonly video = viewChild.required<ElementRef<HTMLVideoElement>>('video');

  constructor() {
    const { ownerDocument } = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
    effect(() => (ownerDocument.title = this.shown()?.name ?? this.t('room.heading')));
    afterRenderEffect(() => {
      const video = this.video().nativeElement;
      const stream = this.stream();
      if (video.srcObject !== stream) video.srcObject = stream;
    });
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
