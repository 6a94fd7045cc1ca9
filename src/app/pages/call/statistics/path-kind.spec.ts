import { pathKind } from './path-kind';

describe('pathKind', () => {
  it('distinguishes a direct path, a path through NAT, and a relay on either side', () => {
    expect(pathKind('host', 'host')).toBe('direct');
    expect(pathKind('host', 'prflx')).toBe('nat');
    expect(pathKind('srflx', 'srflx')).toBe('nat');
    expect(pathKind('relay', 'host')).toBe('relay');
    expect(pathKind('srflx', 'relay')).toBe('theirRelay');
  });
});
