import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';

import { I18n } from '../../../i18n/i18n';
import type { InputState } from '../../../media/media';
import type { PictureState } from '../../../pictures/picture-flow';
import { fakeMember, fakeSeated } from '../../../testing/fake-call';
import { injectMembers } from './room-members';
import type { RoomState } from './room-status';

describe('injectMembers', () => {
  const eight = ['ann', 'bob', 'cem', 'dana', 'eve', 'fay', ''].map((name, index) =>
    fakeMember({ session: `s${index}`, name }),
  );
  const room = async () => {
    await TestBed.inject(I18n).use('en');
    const given = {
      state: signal<RoomState>(fakeSeated({ seats: 8, name: 'Kim', members: eight })),
      microphone: signal<InputState>({ status: 'off' }),
      camera: signal<InputState>({ status: 'off' }),
      hand: signal<number | null>(null),
      hands: signal(new Map<string, number>()),
      pictures: signal<ReadonlyMap<string, PictureState>>(new Map()),
    };
    const members = TestBed.runInInjectionContext(() => injectMembers(given.state, given, given));
    return { given, members };
  };

  it('shows this member first in lists, and calls a member without a name guest', async () => {
    const { given, members } = await room();
    expect(members.all().map(({ label }) => label)).toEqual([
      'Kim (you)',
      ...['ann', 'bob', 'cem', 'dana', 'eve', 'fay', 'Guest'],
    ]);
    given.state.set(fakeSeated({ name: '' }));
    expect(members.all().map(({ label }) => label)).toEqual(['Guest (you)']);
  });

  it('knows everyone’s raised hand, and when it was raised', async () => {
    const { given, members } = await room();
    given.hands.set(new Map([['s1', 20]]));
    given.hand.set(10);
    expect(
      members
        .all()
        .filter(({ hand }) => hand)
        .map(({ name }) => name),
    ).toEqual(['Kim', 'bob']);
    expect([...members.hands()]).toEqual([
      ['s1', 20],
      [given.state().session, 10],
    ]);
    given.hand.set(null);
    expect([...members.hands().keys()]).toEqual(['s1']);
  });

  it('knows whose picture is paused, and that this member’s own is for one of the others', async () => {
    const { given, members } = await room();
    const flow = (session: string, change: Partial<PictureState>): [string, PictureState] => [
      session,
      { session, theirsPaused: false, oursPaused: false, quality: null, ...change },
    ];
    given.pictures.set(
      new Map([flow('s0', { theirsPaused: true, quality: 2 }), flow('s3', { oursPaused: true })]),
    );
    expect(
      members
        .all()
        .filter(({ paused }) => paused !== 'none')
        .map(({ name, paused }) => [name, paused]),
    ).toEqual([
      ['Kim', 'some'],
      ['ann', 'all'],
    ]);
    expect(members.others()[0]!.quality).toBe(2);
  });

  it('keeps the same stream of one’s own while the camera’s track stays', async () => {
    const { given, members } = await room();
    const [track] = document.createElement('canvas').captureStream().getVideoTracks();
    given.camera.set({ status: 'on', track: track! });
    const { stream, camera } = members.own();
    expect(camera).toBeTrue();
    given.hand.set(1);
    expect(members.own().stream).toBe(stream);
    given.camera.set({ status: 'off' });
    expect(members.own().stream).toBeNull();
    track!.stop();
  });
});
