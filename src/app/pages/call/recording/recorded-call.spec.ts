import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';

import { I18n } from '../../../i18n/i18n';
import type { InputState } from '../../../media/media';
import { fakeMember } from '../../../testing/fake-call';
import { memberView, type MemberView } from '../stage/member-view';
import { OwnCorner } from '../stage/own-corner';
import { OwnPictureShown } from '../stage/own-picture-shown';
import type { ScreenView } from '../stage/stage';
import { WholePictures } from '../stage/whole-pictures';
import { injectRecordedCall } from './recorded-call';

describe('injectRecordedCall', () => {
  const view = (name: string, change: Partial<MemberView> = {}): MemberView => ({
    ...memberView(fakeMember({ session: name, name, stream: new MediaStream() }), 'Guest'),
    ...change,
  });
  const own = view('Kim', { own: true, label: 'Kim (you)' });
  const recorded = async () => {
    localStorage.clear();
    await TestBed.inject(I18n).use('en');
    const shown = {
      own: signal(own),
      others: signal<readonly MemberView[]>([]),
      screens: signal<readonly ScreenView[]>([]),
      microphone: signal<InputState>({ status: 'off' }),
    };
    return { shown, call: TestBed.runInInjectionContext(() => injectRecordedCall(shown)) };
  };
  afterEach(() => localStorage.clear());

  it('contains everyone with the name and the picture that their tile shows', async () => {
    const { shown, call } = await recorded();
    shown.others.set([
      view('Ann'),
      view('Bob', { camera: false }),
      view('Cem', { paused: true }),
      view('Dana', { stream: null }),
    ]);
    shown.own.set({ ...own, paused: true });
    expect([...call().others, call().own].map(({ name, pictured }) => [name, pictured])).toEqual([
      ['Ann', true],
      ['Bob', false],
      ['Cem', false],
      ['Dana', false],
      ['Kim (you)', true],
    ]);
    // Their sound is recorded all the same.
    expect(call().others[1]!.stream).not.toBeNull();
  });

  it('leaves out this person’s picture while they hide it, and follows the corner and the fit that they choose', async () => {
    const { shown, call } = await recorded();
    shown.others.set([view('Ann')]);
    expect([call().own.pictured, call().corner, call().others[0]!.whole]).toEqual([
      true,
      'bottom-end',
      false,
    ]);
    TestBed.inject(OwnPictureShown).turn(false);
    TestBed.inject(OwnCorner).move();
    TestBed.inject(WholePictures).toggle('Ann');
    expect([call().own.pictured, call().corner, call().others[0]!.whole]).toEqual([
      false,
      'bottom-start',
      true,
    ]);
  });

  it('names the screens, and takes the sound of the microphone while it is on', async () => {
    const { shown, call } = await recorded();
    const stream = new MediaStream();
    shown.screens.set([{ session: 'Ann', name: 'Ann', stream }]);
    expect(call().screens).toEqual([{ name: 'Ann’s screen', stream }]);
    const context = new AudioContext();
    const [track] = context.createMediaStreamDestination().stream.getAudioTracks();
    shown.microphone.set({ status: 'on', track: track! });
    expect(call().microphone).toBe(track!);
    shown.microphone.set({ status: 'muted', track: track! });
    expect(call().microphone).toBeNull();
    await context.close();
  });
});
