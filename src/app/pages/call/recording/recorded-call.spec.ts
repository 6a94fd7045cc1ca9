import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';

import type { Member } from '../../../call/call-state';
import { I18n } from '../../../i18n/i18n';
import type { Corner } from '../../../layout/stage-mode';
import type { InputState } from '../../../media/media';
import { fakeMember } from '../../../testing/fake-call';
import { memberView, type MemberView, type PausedFor } from '../stage/member-view';
import type { ScreenView } from '../stage/stage';
import { injectRecordedCall } from './recorded-call';

describe('injectRecordedCall', () => {
  const view = (name: string, change: Partial<Member> = {}, paused: PausedFor = 'none'): MemberView =>
    memberView(fakeMember({ session: name, name, stream: new MediaStream(), ...change }), 'Guest', {
      paused,
    });
  const own: MemberView = { ...view('Kim'), own: true, label: 'Kim (you)' };
  const recorded = async () => {
    await TestBed.inject(I18n).use('en');
    const shown = {
      own: signal(own),
      others: signal<readonly MemberView[]>([]),
      screens: signal<readonly ScreenView[]>([]),
      microphone: signal<InputState>({ status: 'off' }),
    };
    const whole = signal<readonly string[]>([]);
    const look = { corner: signal<Corner>('bottom-end'), ownShown: signal(true), whole };
    const call = TestBed.runInInjectionContext(() =>
      injectRecordedCall(shown, { ...look, isWhole: (session) => whole().includes(session) }),
    );
    return { shown, look, call };
  };

  it('contains everyone with the name and the picture that their tile shows', async () => {
    const { shown, call } = await recorded();
    shown.others.set([
      view('Ann'),
      view('Bob', { camera: false }),
      view('Cem', {}, 'all'),
      view('Dana', { stream: null }),
    ]);
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
    const { shown, look, call } = await recorded();
    shown.others.set([view('Ann')]);
    expect([call().own.pictured, call().corner, call().others[0]!.whole]).toEqual([
      true,
      'bottom-end',
      false,
    ]);
    look.ownShown.set(false);
    look.corner.set('bottom-start');
    look.whole.set(['Ann']);
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
