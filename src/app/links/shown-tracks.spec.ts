import { BehaviorSubject, of } from 'rxjs';

import type { Sessions } from './departures';
import { type Addressee, shownTracks } from './shown-tracks';

describe('shownTracks', () => {
  const track = {} as MediaStreamTrack;
  const turn = () => new Promise((resolve) => setTimeout(resolve));

  const sent = () => {
    const addressee$ = new BehaviorSubject<Addressee>('nobody');
    const shown$ = new BehaviorSubject<Sessions>(new Set());
    const told: (MediaStreamTrack | null)[] = [];
    shownTracks({ audio$: of(track), video$: of(null) }, addressee$, shown$).audio$.subscribe((now) =>
      told.push(now),
    );
    return { addressee$, shown$, told };
  };

  it('sends tracks to a member while they are shown', async () => {
    const { addressee$, shown$, told } = sent();
    addressee$.next({ session: 'ben' });
    await turn();
    expect(told).toEqual([null]);
    shown$.next(new Set(['ben']));
    await turn();
    shown$.next(new Set(['cleo']));
    await turn();
    expect(told).toEqual([null, track, null]);
  });

  it('keeps tracks attached when the tile appears in the same turn as the answer', async () => {
    const { addressee$, shown$, told } = sent();
    await turn();
    addressee$.next({ session: 'ben' });
    shown$.next(new Set(['ben']));
    await turn();
    expect(told).toEqual([track]);
  });

  it('detaches tracks before an unknown peer can connect', async () => {
    const { addressee$, told } = sent();
    await turn();
    addressee$.next('unknown');
    await turn();
    expect(told).toEqual([track, null]);
  });
});
