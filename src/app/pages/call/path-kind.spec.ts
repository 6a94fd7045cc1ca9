import { pathKind } from './path-kind';

describe('pathKind', () => {
  it('tells a direct way from one through NAT, and from one by a relay on either side', () => {
    expect(pathKind('host', 'host')).toBe('direct');
    expect(pathKind('host', 'prflx')).toBe('nat');
    expect(pathKind('srflx', 'srflx')).toBe('nat');
    expect(pathKind('relay', 'host')).toBe('relay');
    expect(pathKind('srflx', 'relay')).toBe('theirRelay');
  });
});
