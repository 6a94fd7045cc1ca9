import { Departures } from './departures';

describe('Departures', () => {
  it('bring a member back once a link reaches them again, but never one that said bye', () => {
    const departures = new Departures();
    const away: string[][] = [];
    departures.away$.subscribe((sessions) => away.push([...sessions]));
    departures.lose('ben');
    departures.leave('cleo');
    departures.find('ben');
    departures.find('cleo');
    departures.find('ben');
    expect(away).toEqual([[], ['ben'], ['ben', 'cleo'], ['cleo']]);
    expect(departures.hasLeft('cleo')).toBeTrue();
    expect(departures.hasLeft('ben')).toBeFalse();
  });
});
