import { isGlobalIpv6 } from './addresses';
import { masked } from './masked';

describe('masked', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['203.0.113.77', '203.0.x.x'],
    ['203.0.113.77:51000, 198.51.100.2:3478', '203.0.x.x:51000, 198.51.x.x:3478'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:x'],
    ['2001:db8::1', '2001:db8:x'],
    ['turn:[2001:db8:77::5]:3478', 'turn:[2001:db8:x]:3478'],
    ['fe80::1%eth0', 'fe80:0:x'],
    ['::ffff:203.0.113.77', '0:0:x'],
    ['It is 2001:db8::1.', 'It is 2001:db8:x.'],
    ['It is 2001:db8::1: no', 'It is 2001:db8:x: no'],
    ['4f1c2d3e-aaaa-bbbb-cccc-123456789abc.local', 'x.local'],
    ['2026-11-23T06:08:16.123Z', '2026-11-23T06:08:16.123Z'],
    ['in order: 12 ms, turn.example.org:443', 'in order: 12 ms, turn.example.org:443'],
  ];
  for (const [text, shown] of cases) {
    it(`turns ${text} into ${shown}`, () => expect(masked(text)).toBe(shown));
  }

  it('leaves no complete address in several lines', () => {
    const text = masked('a 203.0.113.77\nb [2001:db8:aa:bb::cc]\nc 203.0.113.78');
    expect(text).not.toMatch(/113|aa|bb|cc/);
    expect(text.split('\n').length).toBe(3);
  });
});

describe('isGlobalIpv6', () => {
  const cases: readonly (readonly [string, boolean])[] = [
    ['2001:db8::1', true],
    ['2a00:1450:4001::200e', true],
    ['fe80::1', false],
    ['fd00::1', false],
    ['::1', false],
    ['203.0.113.7', false],
    ['name.local', false],
    ['', false],
  ];
  for (const [address, is] of cases) {
    it(`${address} is ${is ? '' : 'not '}one`, () => expect(isGlobalIpv6(address)).toBe(is));
  }
});
