import { PayloadError, readCandidates, readCard, readDescription, readProvisionalAnswer } from './payloads';

const candidate = { candidate: 'candidate:1', sdpMid: '0', sdpMLineIndex: 0, usernameFragment: null };
const description = {
  session: '0123456789abcdef',
  sdp: 'v=0',
  candidates: [candidate],
  complete: true,
};

describe('payloads', () => {
  it('are read without extra fields', () => {
    expect(readDescription({ ...description, more: 1 })).toEqual(description);
    expect(readCandidates({ candidates: [{ ...candidate, more: 1 }], complete: false })).toEqual({
      candidates: [candidate],
      complete: false,
    });
    expect(readCard({ name: 'Ada', more: 1 })).toEqual({ name: 'Ada' });
  });

  it('drop all candidates of a provisional answer', () => {
    const { candidates: _candidates, complete: _complete, ...rest } = description;
    expect(readProvisionalAnswer({ ...description, name: 'Ada', more: 1 })).toEqual({
      ...rest,
      name: 'Ada',
      candidates: [],
      complete: false,
    });
  });

  it('drop the candidates in the SDP of a provisional answer too', () => {
    const sdp = 'v=0\r\na=candidate:1 1 udp 1 192.0.2.7 5000 typ host\r\na=end-of-candidates\r\na=mid:0\r\n';
    expect(readProvisionalAnswer({ ...description, sdp, name: 'Ada' }).sdp).toBe('v=0\r\na=mid:0\r\n');
  });

  it('cut a name after 64 characters, without splitting one', () => {
    expect(readCard({ name: '👩'.repeat(70) }).name).toBe('👩'.repeat(64));
  });

  it('sanitize names from every source', () => {
    const name = ' \u202EnaB\u202C\u200B ';
    expect(readCard({ name })).toEqual({ name: 'naB' });
    expect(readProvisionalAnswer({ ...description, name }).name).toBe('naB');
    expect(readCard({ name: '\u3164\u200D' })).toEqual({ name: '' });
  });

  for (const [what, read, value] of [
    ['a card that is no object', readCard, 'Ada'],
    ['a card that is null', readCard, null],
    ['a card that is a list', readCard, []],
    ['a name that is no text', readCard, { name: 1 }],
    ['a name of a megabyte', readCard, { name: 'a'.repeat(1_000_000) }],
    ['a session of other characters', readDescription, { ...description, session: 'ILOU456789abcdef' }],
    ['a description without a session', readDescription, { ...description, session: undefined }],
    ['a provisional answer without a name', readProvisionalAnswer, description],
    ['an sdp that is no text', readDescription, { ...description, sdp: 1 }],
    ['candidates that are no list', readCandidates, { candidates: {}, complete: true }],
    ['too many candidates', readCandidates, { candidates: Array(201).fill(candidate), complete: true }],
    ['complete that is no boolean', readCandidates, { candidates: [], complete: 'yes' }],
    ['a candidate that is no object', readCandidates, { candidates: [null], complete: true }],
    [
      'an endless candidate',
      readCandidates,
      { candidates: [{ ...candidate, candidate: 'a'.repeat(2000) }], complete: true },
    ],
    [
      'an index that no SDP has',
      readCandidates,
      { candidates: [{ ...candidate, sdpMLineIndex: 65_536 }], complete: true },
    ],
    [
      'an index that is no integer',
      readCandidates,
      { candidates: [{ ...candidate, sdpMLineIndex: 0.5 }], complete: true },
    ],
  ] as const) {
    it(`refuse ${what}`, () => expect(() => read(value)).toThrowError(PayloadError));
  }
});
