import { LiveRoster } from './live-roster';
import type { Notice } from './call-state';

describe('LiveRoster', () => {
  const newLiveRoster = () => new LiveRoster('me', () => 1_000_000);

  it('gives all listeners the same rosters in the same order, even if one of them reports another event', () => {
    const roster = newLiveRoster();
    const seen: [number[], number[]] = [[], []];
    roster.part$('left').subscribe(({ size }) => {
      seen[0].push(size);
      if (size === 1) roster.leave('cleo');
    });
    roster.part$('left').subscribe(({ size }) => seen[1].push(size));
    roster.leave('ben');
    expect(seen).toEqual([
      [0, 1, 2],
      [0, 1, 2],
    ]);
    expect([...roster.now.left]).toEqual(['ben', 'cleo']);
  });

  it('emits a part only when it changes', () => {
    const roster = newLiveRoster();
    const away: string[][] = [];
    roster.part$('away').subscribe((sessions) => away.push([...sessions]));
    roster.lose('ben');
    roster.lose('ben');
    roster.leave('cleo');
    roster.find('ben');
    roster.find('cleo');
    roster.find('ben');
    expect(away).toEqual([[], ['ben'], ['ben', 'cleo'], ['cleo']]);
  });

  it('replays no notice', () => {
    const roster = newLiveRoster();
    const heard: [Notice[], Notice[]] = [[], []];
    roster.notices$.subscribe((notice) => heard[0].push(notice));
    roster.tell({ type: 'notice', notice: { kind: 'unsaved' } });
    roster.notices$.subscribe((notice) => heard[1].push(notice));
    roster.leave('ben');
    expect(heard).toEqual([[{ kind: 'unsaved' }], []]);
  });
});
