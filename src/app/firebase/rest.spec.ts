import { SERVER_TIME } from './documents';
import { fieldsOf, restWrite } from './rest';

const ROOT = 'projects/p/databases/(default)/documents';
const at = new Date(Date.UTC(2026, 10, 23));

describe('restWrite', () => {
  it('masks what a merge takes, whether it is in the fields or to be removed', () => {
    const write = restWrite(ROOT, {
      kind: 'merge',
      path: 'lobbies/l/people/3',
      fields: { people: { Ab1: { state: 'dnd' } }, swept: '0gone' },
      mask: [['people', 'Ab1'], ['people', '0gone'], ['swept']],
    });
    expect(write).toEqual({
      update: {
        name: `${ROOT}/lobbies/l/people/3`,
        fields: {
          people: {
            mapValue: {
              fields: { Ab1: { mapValue: { fields: { state: { stringValue: 'dnd' } } } } },
            },
          },
          swept: { stringValue: '0gone' },
        },
      },
      updateMask: { fieldPaths: ['people.Ab1', 'people.`0gone`', 'swept'] },
    });
  });

  it('quotes keys that are not plain, and what would end the quotes', () => {
    const pathOf = (key: string) => {
      const write = restWrite(ROOT, { kind: 'merge', path: 'a/b', fields: {}, mask: [['people', key]] });
      return (write as { updateMask: { fieldPaths: string[] } }).updateMask.fieldPaths[0];
    };
    expect(pathOf('_plain9')).toBe('people._plain9');
    expect(pathOf('9')).toBe('people.`9`');
    expect(pathOf('a.b')).toBe('people.`a.b`');
    expect(pathOf('a-b')).toBe('people.`a-b`');
    expect(pathOf('')).toBe('people.``');
    expect(pathOf('a`b')).toBe('people.`a\\`b`');
    expect(pathOf('a\\')).toBe('people.`a\\\\`');
    expect(pathOf('é')).toBe('people.`é`');
  });

  it('asks of an update that the document is there, and of a set that it is not', () => {
    expect(restWrite(ROOT, { kind: 'update', path: 'a/b', fields: { state: 'busy' } })).toEqual({
      update: { name: `${ROOT}/a/b`, fields: { state: { stringValue: 'busy' } } },
      updateMask: { fieldPaths: ['state'] },
      currentDocument: { exists: true },
    });
    const fields = { createdAt: SERVER_TIME } as const;
    expect(restWrite(ROOT, { kind: 'set', path: 'a/b', exists: false, fields })).toEqual({
      update: { name: `${ROOT}/a/b`, fields: {} },
      currentDocument: { exists: false },
      updateTransforms: [{ fieldPath: 'createdAt', setToServerValue: 'REQUEST_TIME' }],
    });
    expect(restWrite(ROOT, { kind: 'delete', path: 'a/b' })).toEqual({ delete: `${ROOT}/a/b` });
  });

  it('writes what can be read again', () => {
    const fields = {
      text: 'Ada',
      number: -3,
      yes: true,
      none: null,
      at,
      bytes: new Uint8Array([0, 255, 7]),
      map: { 'a.b': { deep: '' }, empty: {} },
    };
    const { update } = restWrite(ROOT, { kind: 'set', path: 'a/b', fields }) as {
      update: { fields: Record<string, Record<string, unknown>> };
    };
    expect(fieldsOf(JSON.parse(JSON.stringify(update.fields)) as typeof update.fields)).toEqual(fields);
  });

  it('reads no types that are not Parley’s', () => {
    expect(
      fieldsOf({ a: { doubleValue: 1.5 }, b: { arrayValue: {} }, c: {}, d: { stringValue: 'x' } }),
    ).toEqual({
      d: 'x',
    });
    expect(fieldsOf({ map: { mapValue: {} } })).toEqual({ map: {} });
    expect(fieldsOf(undefined)).toEqual({});
  });
});
