import * as fc from 'fast-check';

import type { ReceivedTrack } from '../rtc/link-media';
import { readAny } from '../testing/all-messages';
import { screenTracks, type SentStream, streamsIn } from './stream-map';

const [ada, ben] = ['a'.repeat(16), 'b'.repeat(16)];

describe('the map of streams', () => {
  const stream: SentStream = { mid: '3', owner: ada, kind: 'screen' };
  const read = (streams: unknown) => readAny(JSON.stringify({ type: 'streams', streams })) as unknown;

  it('is read without extra fields', () => {
    expect(read([{ ...stream, more: 1 }])).toEqual({ type: 'streams', streams: [stream] });
    expect(read([])).toEqual({ type: 'streams', streams: [] });
  });

  for (const [what, streams] of [
    ['no list', stream],
    ['nothing', null],
    ['an empty entry', [null]],
    ['an unknown kind', [{ ...stream, kind: 'smell' }]],
    ['an owner of another shape', [{ ...stream, owner: '../' }]],
    ['a mid that is a number', [{ ...stream, mid: 3 }]],
    ['an endless mid', [{ ...stream, mid: '3'.repeat(17) }]],
    ['a mid with a line break', [{ ...stream, mid: '3\r\na=x' }]],
    ['the same mid twice', [stream, { ...stream, kind: 'camera' }]],
    [
      'more sections than any link has',
      Array.from({ length: 65 }, (_, mid) => ({ ...stream, mid: `${mid}` })),
    ],
  ] as const) {
    it(`is refused as a whole with ${what}`, () => expect(read(streams)).toBeNull());
  }

  it('never makes the reader throw', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ mid: fc.anything(), owner: fc.anything(), kind: fc.anything() })),
        (streams) => {
          const text = JSON.stringify({ type: 'streams', streams }, (_, value: unknown) =>
            typeof value === 'bigint' ? null : value,
          );
          expect(() => readAny(text)).not.toThrow();
        },
      ),
    );
  });

  it('names what each section carries, in any position', () => {
    expect(
      streamsIn(
        [
          { mid: 'x', kind: 'video', standing: true },
          { mid: 'y', kind: 'audio', standing: true },
          { mid: '5', kind: 'audio', standing: false },
          { mid: '4', kind: 'video', standing: false },
        ],
        ada,
      ).map(({ mid, kind }) => `${mid} ${kind}`),
    ).toEqual(['x camera', 'y microphone', '5 screen-sound', '4 screen']);
  });

  describe('tells which tracks are a member’s screen', () => {
    const track = (mid: string) => ({ mid, track: { id: mid } as MediaStreamTrack }) satisfies ReceivedTrack;
    const tracks = ['3', '4', '5'].map(track);
    const found = (announced: readonly SentStream[] | null, owner = ada) =>
      screenTracks(tracks, announced, owner).map(({ id }) => id);

    for (const [what, announced, owner, expected] of [
      ['everything from a peer that never says', null, ada, ['3', '4', '5']],
      ['nothing that is not announced', [], ada, []],
      ['picture and sound', [stream, { mid: '5', owner: ada, kind: 'screen-sound' }], ada, ['3', '5']],
      ['not another member’s', [stream, { ...stream, mid: '4', owner: ben }], ben, ['4']],
      ['not a camera that is sent beside', [stream, { mid: '4', owner: ada, kind: 'camera' }], ada, ['3']],
    ] as const) {
      it(what, () => expect(found(announced, owner)).toEqual([...expected]));
    }
  });
});
