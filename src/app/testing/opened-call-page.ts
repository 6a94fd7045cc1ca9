import { Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter, Router } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { provideServiceWorker } from '@angular/service-worker';

import { Call, type Intent } from '../call/call';
import { ActivityLoader } from '../activity/activity-loader';
import { Files } from '../files/files';
import { Peers } from '../wire/peers';
import { I18n } from '../i18n/i18n';
import { LocalMedia } from '../media/local-media';
import { CallPage } from '../pages/call/call-page';
import { SCREEN_WAKE_LOCK } from '../pages/call/room/keep-awake';
import { MEDIA_SESSION } from '../pages/call/room/media-session';
import { FIND_PLACE, type FindPlace } from '../call/places';
import { FakeCall } from './fake-call';
import { FakeLocalMedia } from './fake-local-media';
import { FakeMediaSession } from './fake-media-session';
import { FakePeers } from './fake-peers';

@Component({ template: `<h1>home</h1>` })
class Elsewhere {}

/** A valid code in its written form. */
export const someCode = 'abcd-efgh-jkmn-pqrs';

/** An open call page, over a fake call and fake devices. */
export class OpenedCallPage {
  readonly call = new FakeCall();
  readonly media = new FakeLocalMedia();
  readonly peers = new FakePeers();
  readonly mediaSession = new FakeMediaSession();
  /** Whether a lobby or call with a code exists. None does until a spec says so. */
  readonly findPlace = jasmine.createSpy<FindPlace>('find place').and.resolveTo(false);

  private constructor() {
    localStorage.clear();
    sessionStorage.clear();
    TestBed.configureTestingModule({
      providers: [
        provideRouter([
          { path: 'call', component: CallPage },
          { path: '', component: Elsewhere },
          { path: 'lobby', component: Elsewhere },
        ]),
        provideServiceWorker('worker.js', { enabled: false }),
        { provide: Call, useValue: this.call },
        { provide: Peers, useValue: this.peers },
        ActivityLoader,
        { provide: FIND_PLACE, useValue: this.findPlace },
        { provide: MEDIA_SESSION, useValue: this.mediaSession },
        Files,
        { provide: LocalMedia, useValue: this.media },
        { provide: SCREEN_WAKE_LOCK, useValue: null },
      ],
    });
  }

  #harness!: RouterTestingHarness;

  static async open(fragment = someCode, intent: Intent = 'join'): Promise<OpenedCallPage> {
    const opened = new OpenedCallPage();
    await TestBed.inject(I18n).use('en');
    opened.#harness = await RouterTestingHarness.create();
    await opened.go(fragment, intent);
    return opened;
  }

  /** Everything on the screen. */
  get element(): HTMLElement {
    return this.#harness.fixture.nativeElement as HTMLElement;
  }

  /** @param name name of a person who comes through a ring and isn't asked for one */
  async go(fragment: string, intent: Intent = 'join', name?: string, camera?: 'off'): Promise<void> {
    const state = { intent, ...(name !== undefined && { join: name }), ...(camera && { camera }) };
    await TestBed.inject(Router).navigate(['/call'], { fragment, state });
    await this.settle();
  }

  async goHome(): Promise<void> {
    await TestBed.inject(Router).navigateByUrl('/');
    await this.settle();
  }

  async settle(): Promise<void> {
    await this.#harness.fixture.whenStable();
  }

  /** Waits for something that a person would see; the spec's own time limit ends it. */
  async until(seen: () => boolean): Promise<void> {
    while (!seen()) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      await this.settle();
    }
  }

  query<E extends Element = HTMLElement>(selector: string): E | null {
    return this.element.querySelector<E>(selector);
  }

  /** The text of the first element that matches a selector, with whitespace collapsed; empty when there is none. */
  text(selector: string): string {
    return this.query(selector)?.textContent?.replace(/\s+/g, ' ').trim() ?? '';
  }

  /** The button, link or switch with this name; fails when there is none. */
  button(name: string): HTMLElement {
    const all = [...this.element.querySelectorAll<HTMLElement>('button, a, [role=switch]')];
    const found = all.find((button) => nameOf(button) === name);
    if (!found) throw new Error(`no button "${name}" among: ${all.map(nameOf).join(', ')}`);
    return found;
  }

  hasButton(name: string): boolean {
    return [...this.element.querySelectorAll<HTMLElement>('button, a')].some(
      (button) => nameOf(button) === name,
    );
  }

  async press(name: string): Promise<void> {
    this.button(name).click();
    await this.settle();
  }

  async key(key: string, init: KeyboardEventInit = {}, target: EventTarget = document.body): Promise<void> {
    target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init }));
    await this.settle();
  }
}

const nameOf = (element: HTMLElement): string =>
  element.getAttribute('aria-label') ?? element.textContent?.replace(/\s+/g, ' ').trim() ?? '';

/** A camera track that shows something. Stop it at the end. */
export const pictureTrack = (width = 64, height = 36): MediaStreamTrack => {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [width, height];
  const context = canvas.getContext('2d');
  let hue = 0;
  const paint = (): void => {
    if (!context || track.readyState === 'ended') return;
    context.fillStyle = `hsl(${(hue += 5)} 50% 50%)`;
    context.fillRect(0, 0, width, height);
    requestAnimationFrame(paint);
  };
  const [track] = canvas.captureStream(30).getVideoTracks() as [MediaStreamTrack];
  paint();
  return track;
};
