import { TestBed } from '@angular/core/testing';
import { Title } from '@angular/platform-browser';
import { provideRouter, Router } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { provideServiceWorker } from '@angular/service-worker';

import { CONNECT } from '../../firebase/firebase';
import { I18n } from '../../i18n/i18n';
import { newCode } from '../../signaling/code';
import { FakeMediaSession } from '../../testing/fake-media-session';
import { LivePerson } from '../../testing/live-person';
import { MemoryDatabase, type MemoryDocuments } from '../../testing/memory-documents';
import { CallAhead } from './call-ahead';
import { CallVisit } from './call-visit';
import { SCREEN_WAKE_LOCK } from './room/keep-awake';
import { MEDIA_SESSION } from './room/media-session';

describe('CallVisit', () => {
  let database: MemoryDatabase;
  let documents: MemoryDocuments;
  let harness: RouterTestingHarness;
  let ahead: CallAhead;
  let ada: LivePerson;
  let code: string;
  let opened: jasmine.Spy;
  let awake: jasmine.Spy;
  const session = new FakeMediaSession();
  const ends: (() => void)[] = [];

  const settle = () => harness.fixture.whenStable();
  const until = async (seen: () => boolean) => {
    while (!seen()) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      await settle();
    }
  };
  const page = () => document.querySelector<HTMLElement>('parley-call-page');
  const tile = () => page()?.querySelector('article[aria-label="Ada"]') ?? null;
  const drawn = async () => {
    ends.push(ahead.prepare(code));
    ahead.draw();
    await until(() => tile() !== null);
  };
  const go = async (to = code) => {
    await TestBed.inject(Router).navigate(['/call'], {
      fragment: to,
      state: { intent: 'join', join: 'Ben' },
    });
    await settle();
  };

  beforeEach(async () => {
    sessionStorage.clear();
    localStorage.clear();
    database = new MemoryDatabase();
    documents = database.user('ben');
    code = newCode();
    // First, because it creates a module of its own.
    ada = new LivePerson(database, 'ada');
    ada.call.open(code, 'new');
    await ada.phase('prejoin');
    ada.call.join('Ada');
    await ada.phase('seated');
    TestBed.resetTestingModule();
    awake = jasmine.createSpy('request').and.rejectWith(new DOMException('', 'NotAllowedError'));
    opened = spyOn(navigator.mediaDevices, 'getUserMedia').and.rejectWith(
      new DOMException('', 'NotFoundError'),
    );
    TestBed.configureTestingModule({
      providers: [
        provideRouter([
          { path: 'call', component: CallVisit },
          { path: '**', children: [] },
        ]),
        provideServiceWorker('worker.js', { enabled: false }),
        { provide: CONNECT, useValue: () => Promise.resolve(documents) },
        { provide: MEDIA_SESSION, useValue: session },
        { provide: SCREEN_WAKE_LOCK, useValue: { request: awake } },
      ],
    });
    await TestBed.inject(I18n).use('en');
    harness = await RouterTestingHarness.create('/');
    ahead = TestBed.inject(CallAhead);
    TestBed.inject(Title).setTitle('Before');
  });
  afterEach(async () => {
    await TestBed.inject(Router).navigateByUrl('/');
    ends.splice(0).forEach((end) => end());
    ada.call.leave();
  });

  it('is rendered ahead with the members inside, invisible and silent', async () => {
    await drawn();
    expect(page()!.matches('[inert][aria-hidden="true"]')).toBeTrue();
    expect(getComputedStyle(page()!).visibility).toBe('hidden');
    expect(getComputedStyle(tile()!).visibility).toBe('hidden');
    expect(page()!.querySelector('parley-prejoin')).toBeNull();
    expect(TestBed.inject(Title).getTitle()).toBe('Before');
  });

  it('does nothing while it is only rendered ahead', async () => {
    await drawn();
    const panels = () => page()!.querySelectorAll('[data-panel]').length;
    for (const key of ['c', '?', ' ']) {
      const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
      document.body.dispatchEvent(event);
      await settle();
      expect(event.defaultPrevented).withContext(key).toBeFalse();
    }
    const given = new DataTransfer();
    given.items.add(new File(['a'], 'a.txt'));
    const paste = new ClipboardEvent('paste', { clipboardData: given, bubbles: true, cancelable: true });
    document.body.dispatchEvent(paste);
    await settle();
    expect(paste.defaultPrevented).toBeFalse();
    expect(panels()).toBe(0);
    expect(opened).not.toHaveBeenCalled();
    expect(awake).not.toHaveBeenCalled();
    expect(session.handlers.size).toBe(0);
  });

  it('shows the rendered page without rendering it again', async () => {
    await drawn();
    const before = { page: page(), tile: tile(), toolbar: page()!.querySelector('[role=toolbar]') };
    const joined = ahead.join(code, 'Ben');
    expect(tile()).toBe(before.tile);
    await go();
    await joined;
    await settle();
    expect({ page: page(), tile: tile(), toolbar: page()!.querySelector('[role=toolbar]') }).toEqual(before);
    expect(page()!.parentElement?.localName).toBe('parley-call-visit');
    expect(page()!.matches('[inert], [aria-hidden]')).toBeFalse();
    expect(getComputedStyle(tile()!).visibility).toBe('visible');
    expect(opened).toHaveBeenCalled();
    expect(awake).toHaveBeenCalled();
    expect(session.handlers.size).toBeGreaterThan(0);
    await until(() => TestBed.inject(Title).getTitle() === 'In a call with Ada · Parley');
    await TestBed.inject(Router).navigateByUrl('/');
    await settle();
    expect(page()).toBeNull();
    expect(session.handlers.size).toBe(0);
  });

  it('renders a separate page for a visit to another call', async () => {
    await drawn();
    const before = page();
    await go(newCode());
    const [other] = document.querySelectorAll('parley-call-visit parley-call-page');
    expect(other).toBeDefined();
    expect(other === before).toBeFalse();
  });

  it('is removed with the ring that it was rendered for', async () => {
    await drawn();
    ends.splice(0).forEach((end) => end());
    expect(page()).toBeNull();
  });

  it('renders no room if the call can’t be joined, and says so on a visit', async () => {
    code = newCode();
    ends.push(ahead.prepare(code));
    ahead.draw();
    await new Promise((resolve) => setTimeout(resolve, 100));
    await settle();
    expect(page()!.children.length).toBe(0);
    await TestBed.inject(Router).navigate(['/call'], { fragment: code });
    await until(() => page()!.querySelector('h1') !== null);
    expect(page()!.querySelector('parley-room')).toBeNull();
  });
});
