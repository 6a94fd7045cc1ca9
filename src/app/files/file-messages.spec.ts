import * as fc from 'fast-check';

import { readAny } from '../testing/all-messages';
import { type RawMessage, readMessage } from '../wire/codec';
import { type FileMessage, fileMessages } from './file-messages';

const id = '0123456789abcdef';
const offer: FileMessage = {
  type: 'file-offer',
  id,
  name: 'a.txt',
  size: 3,
  media: 'text/plain',
  path: 'photos/2026',
};

describe('file messages', () => {
  const messages: readonly FileMessage[] = [
    offer,
    { type: 'file-accept', id, offset: 2 },
    { type: 'file-decline', id },
    { type: 'file-cancel', id },
    { type: 'file-done', id, ok: false },
  ];
  for (const message of messages) {
    it(`are read: ${message.type}`, () => {
      expect(readAny(JSON.stringify({ ...message, more: 1 }))).toEqual(message);
    });
  }

  const wrong: readonly (readonly [what: string, message: object])[] = [
    ['an id of another shape', { ...offer, id: '../0123456789abc' }],
    ['a size below nothing', { ...offer, size: -1 }],
    ['a size in parts', { ...offer, size: 0.5 }],
    ['a size beyond counting', { ...offer, size: 2 ** 53 }],
    ['a name that is no text', { ...offer, name: 7 }],
    ['an endless name', { ...offer, name: 'a'.repeat(1_025) }],
    ['an endless path', { ...offer, path: 'a'.repeat(4_097) }],
    ['no path', { ...offer, path: undefined }],
    ['an offset below nothing', { type: 'file-accept', id, offset: -1 }],
    ['no offset', { type: 'file-accept', id }],
    ['a verdict that is none', { type: 'file-done', id, ok: 'yes' }],
    ['another type', { type: 'file-burn', id }],
  ];
  for (const [what, message] of wrong) {
    it(`are ignored: ${what}`, () => expect(readAny(JSON.stringify(message))).toBeNull());
  }

  it('never make the parser throw', () => {
    const nearly = fc.record(
      {
        type: fc.constantFrom('file-offer', 'file-accept', 'file-decline', 'file-cancel', 'file-done'),
        id: fc.oneof(fc.constant(id), fc.anything()),
        name: fc.anything(),
        size: fc.oneof(fc.double(), fc.anything()),
        media: fc.anything(),
        path: fc.anything(),
        offset: fc.oneof(fc.double(), fc.anything()),
        ok: fc.anything(),
      },
      { requiredKeys: ['type'] },
    );
    fc.assert(
      fc.property(nearly, (message) => {
        const read = readMessage(fileMessages, message as RawMessage);
        if (read?.type === 'file-accept') expect(read.offset).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
