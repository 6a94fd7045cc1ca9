import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';

import { I18n } from '../../../i18n/i18n';
import { Announcer } from '../../../ui/announcer';
import { Sounds } from '../../../ui/sounds';
import { injectTelling } from './tell';
import type { Deed } from './told';

describe('injectTelling', () => {
  beforeEach(() => jasmine.clock().install());
  afterEach(() => jasmine.clock().uninstall());

  const room = async (count: number) => {
    await TestBed.inject(I18n).use('en');
    const [said, shown, played]: [string[], string[], string[]] = [[], [], []];
    spyOn(TestBed.inject(Announcer), 'say').and.callFake((text) => said.push(text));
    spyOn(TestBed.inject(Sounds), 'play').and.callFake(async (sound) => void played.push(sound));
    const others = signal(count);
    let reads = false;
    const tell = TestBed.runInInjectionContext(() =>
      injectTelling({ others, reading: () => reads, show: (words) => shown.push(words) }),
    );
    const happen = (...deeds: readonly Deed[]) => deeds.forEach(tell);
    return { happen, others, read: () => (reads = true), said, shown, played };
  };
  const joined = (...names: readonly string[]) => names.map((name): Deed => ({ kind: 'joined', name }));
  const left = (...names: readonly string[]) => names.map((name): Deed => ({ kind: 'left', name }));
  const message = (name: string, text: string, count = 1, history = false): Deed => ({
    kind: 'messages',
    who: name,
    name,
    count,
    text,
    history,
  });

  describe('in a call of two', () => {
    it('says at once who joined, with a sound after the picture', async () => {
      const { happen, said, shown, played } = await room(1);
      happen(...joined('Ann'));
      expect(said).toEqual(['Ann joined']);
      expect(shown).toEqual([]);
      expect(played).toEqual([]);
      jasmine.clock().tick(500);
      expect(played).toEqual(['joined']);
    });

    it('shows at once who left', async () => {
      const { happen, said, shown, played } = await room(0);
      happen({ kind: 'lost', name: '' });
      expect(shown).toEqual(['Guest lost connection']);
      // The status line is read out by itself.
      expect(said).toEqual([]);
      expect(played).toEqual(['left']);
    });

    it('says each thing, what follows quickly together', async () => {
      const { happen, said, played } = await room(1);
      happen(message('Ann', 'hello'));
      expect(said).toEqual(['Message from Ann: hello']);
      happen(message('Ann', 'one'), message('Ann', 'two'), { kind: 'hand', who: 'a', name: '' });
      jasmine.clock().tick(6_000);
      expect(said.slice(1)).toEqual(['2 messages from Ann', 'Guest raised a hand']);
      expect(played).toEqual(['message']);
    });
  });

  describe('in a call of several', () => {
    const cases: Record<
      string,
      {
        readonly deeds: readonly Deed[];
        readonly shown?: readonly string[];
        readonly said?: readonly string[];
      }
    > = {
      'one who joins': { deeds: joined('Ada'), shown: ['Ada joined'] },
      'two who join': { deeds: joined('Ada', 'Ben'), shown: ['Ada and Ben joined'] },
      'four who join': { deeds: joined('Ada', 'Ben', 'Cem', 'Dee'), shown: ['Ada and 3 others joined'] },
      'two who leave': { deeds: left('Ada', 'Ben'), shown: ['Ada and Ben left'] },
      'three who leave': { deeds: left('', 'Ben', 'Cem'), shown: ['Guest and 2 others left'] },
      hands: {
        deeds: ['Ada', 'Ben'].map((name): Deed => ({ kind: 'hand', who: name, name })),
        said: ['Ada and Ben raised a hand'],
      },
      reactions: {
        deeds: ['Ada', 'Ben', 'Cem'].map((name): Deed => ({
          kind: 'reaction',
          who: name,
          name,
          emoji: '🎉',
        })),
        said: ['Ada and 2 others reacted 🎉'],
      },
      messages: {
        deeds: [message('Ada', 'a'), message('Ben', 'b', 2), message('Cem', 'c', 64, true)],
        said: ['67 messages from Ada and 2 others'],
      },
    };
    for (const [what, { deeds, shown = [], said = [] }] of Object.entries(cases)) {
      it(`tells of ${what} in one sentence`, async () => {
        const told = await room(7);
        told.happen(...deeds);
        jasmine.clock().tick(999);
        expect([told.shown, told.said]).toEqual([[], []]);
        jasmine.clock().tick(1);
        expect([told.shown, told.said]).toEqual([[...shown], [...said]]);
      });
    }

    it('plays one sound for a crowd', async () => {
      const { happen, played } = await room(7);
      happen(...joined('Ada', 'Ben', 'Cem', 'Dee', 'Eve', 'Fay', 'Gus'));
      jasmine.clock().tick(20_000);
      expect(played).toEqual(['joined']);
    });
  });

  it('says no message while the chat shows it, but everything else', async () => {
    const { happen, read, said, played } = await room(1);
    read();
    happen(message('Ann', 'hello'), { kind: 'hand', who: 'a', name: 'Ann' });
    jasmine.clock().tick(10_000);
    expect(said).toEqual(['Ann raised a hand']);
    expect(played).toEqual(['message']);
  });

  it('plays no sound for messages from before this member joined', async () => {
    const { happen, played } = await room(1);
    happen(message('Ann', 'hello', 64, true));
    expect(played).toEqual([]);
  });

  it('reads out no more than the beginning of a message', async () => {
    const { happen, said } = await room(1);
    happen(message('Ann', '😀'.repeat(300)));
    expect(said).toEqual([`Message from Ann: ${'😀'.repeat(200)}`]);
  });

  it('isolates names in Chinese too', async () => {
    const { happen, shown } = await room(3);
    await TestBed.inject(I18n).use('zh');
    happen(...joined('דנה', 'Ben', 'Cem'));
    jasmine.clock().tick(1_000);
    expect(shown[0]?.replace(/[\u2066-\u2069]/g, '')).toBe('דנה和另外 2 人 已加入');
  });
});
