import { scannedPlace } from './scanned-place';

const origin = 'https://parley.example';
const code = 'abcd-efgh-jkmn-pqrs';

describe('scannedPlace', () => {
  it('reads this site’s links to calls and lobbies', () => {
    expect(scannedPlace(`${origin}/call#${code}`, origin)).toEqual({ place: 'call', code });
    expect(scannedPlace(`${origin}/lobby#${code}`, origin)).toEqual({ place: 'lobby', code });
    expect(scannedPlace(`${origin}/call?from=poster#ABCDEFGHJKMNPQRS`, origin)).toEqual({
      place: 'call',
      code,
    });
  });

  it('reads nothing else', () => {
    for (const text of [
      '',
      'hello',
      code,
      `/call#${code}`,
      `${origin}/#${code}`,
      `${origin}/settings#${code}`,
      `${origin}/call#abcd`,
      `https://evil.example/call#${code}`,
      `https://evil.example/${origin}/call#${code}`,
      `https://parley.example@evil.example/call#${code}`,
      `https://parley.example.evil.example/call#${code}`,
      `http://parley.example/call#${code}`,
      `javascript:location='${origin}/call#${code}'`,
      'WIFI:S:cafe;T:WPA;P:secret;;',
    ]) {
      expect(scannedPlace(text, origin)).withContext(text).toBeNull();
    }
  });
});
