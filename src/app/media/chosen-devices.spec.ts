import { TestBed } from '@angular/core/testing';
import { firstValueFrom } from 'rxjs';

import { ChosenDevicesMemory, readWishes, type Wishes } from './chosen-devices';
import { LOCAL_STORAGE } from '../storage/local-storage';

const atFirst: Wishes = {
  devices: { microphone: null, camera: null, speaker: null },
  on: { microphone: true, camera: true },
  tuning: { picture: 'high', backgroundBlur: null, noiseSuppression: null, voiceIsolation: null },
};

describe('readWishes', () => {
  it('wants both inputs on, with the system’s choice, on a first visit', () => {
    expect(readWishes(null)).toEqual(atFirst);
  });

  it('reads back stored preferences', () => {
    const wishes: Wishes = {
      devices: { microphone: 'desk', camera: 'front', speaker: 'loud' },
      on: { microphone: false, camera: true },
      tuning: { picture: 'low', backgroundBlur: true, noiseSuppression: false, voiceIsolation: null },
    };
    expect(readWishes(JSON.stringify(wishes))).toEqual(wishes);
  });

  for (const text of [
    '',
    '{',
    'null',
    '7',
    '"text"',
    '[]',
    '{"devices":7,"on":null}',
    '{"devices":[],"on":"off"}',
  ]) {
    it(`treats ${text || 'an empty text'} as missing`, () => {
      expect(readWishes(text)).toEqual(atFirst);
    });
  }

  it('drops only invalid values', () => {
    const text = JSON.stringify({
      devices: { microphone: 7, camera: 'front', speaker: 'x'.repeat(513) },
      on: { microphone: 'no', camera: false },
      tuning: { picture: 'huge', backgroundBlur: 'yes', noiseSuppression: false },
    });
    expect(readWishes(text)).toEqual({
      devices: { microphone: null, camera: 'front', speaker: null },
      on: { microphone: true, camera: false },
      tuning: { ...atFirst.tuning, noiseSuppression: false },
    });
  });
});

describe('ChosenDevicesMemory', () => {
  const memory = (storage: Storage | null) => {
    TestBed.resetTestingModule();
    TestBed.configureTestingModule({ providers: [{ provide: LOCAL_STORAGE, useValue: storage }] });
    return TestBed.inject(ChosenDevicesMemory);
  };

  beforeEach(() => localStorage.removeItem('parley.devices'));
  afterEach(() => localStorage.removeItem('parley.devices'));

  it('remembers beyond the page', async () => {
    const before = memory(localStorage);
    before.choose('camera', 'front');
    before.choose('speaker', 'loud');
    before.turn('microphone', false);
    before.tune('picture', 'medium');

    const after = memory(localStorage);
    expect(await firstValueFrom(after.devices$)).toEqual({
      microphone: null,
      camera: 'front',
      speaker: 'loud',
    });
    expect(await firstValueFrom(after.on$('microphone'))).toBeFalse();
    expect(await firstValueFrom(after.on$('camera'))).toBeTrue();
    expect(after.tuning.picture).toBe('medium');
  });

  it('does not remember a device that is only borrowed, also when something else changes', async () => {
    const before = memory(localStorage);
    before.choose('camera', 'front');
    expect(before.borrow('camera', 'back')).toBeTrue();
    before.turn('microphone', false);
    before.choose('speaker', 'loud');
    expect(await firstValueFrom(before.device$('camera'))).toBe('back');
    expect(before.borrow('camera', 'back')).toBeFalse();

    const after = memory(localStorage);
    expect(await firstValueFrom(after.device$('camera'))).toBe('front');
    expect(await firstValueFrom(after.device$('speaker'))).toBe('loud');
  });

  it('emits only the device that changed', () => {
    const it = memory(null);
    const seen: (string | null)[] = [];
    it.device$('camera').subscribe((id) => seen.push(id));
    it.choose('microphone', 'desk');
    it.turn('camera', false);
    it.choose('camera', 'front');
    expect(seen).toEqual([null, 'front']);
  });

  it('takes the empty id, which browsers return while ids are hidden, for the system’s choice', async () => {
    const it = memory(null);
    it.choose('camera', '');
    expect(await firstValueFrom(it.device$('camera'))).toBeNull();
  });

  const refuse = () => {
    throw new DOMException('blocked', 'SecurityError');
  };

  for (const [what, storage] of [
    ['there is no storage', null],
    ['storage throws', { getItem: refuse, setItem: refuse } as unknown as Storage],
  ] as const) {
    it(`remembers in memory when ${what}`, async () => {
      const it = memory(storage);
      it.choose('camera', 'front');
      it.turn('camera', false);
      expect(await firstValueFrom(it.device$('camera'))).toBe('front');
      expect(await firstValueFrom(it.on$('camera'))).toBeFalse();
    });
  }
});

describe('LOCAL_STORAGE', () => {
  it('is null when reading the property throws', () => {
    const blocked = Object.defineProperty({}, 'localStorage', {
      get: () => {
        throw new DOMException('blocked', 'SecurityError');
      },
    }) as Window;
    spyOnProperty(document, 'defaultView').and.returnValue(blocked as Window & typeof globalThis);
    expect(TestBed.inject(LOCAL_STORAGE)).toBeNull();
  });
});
