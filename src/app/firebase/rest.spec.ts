import { FromNow, SERVER_TIME, type Write } from './documents';
import { fieldsOf, post, restWrite, TokenError } from './rest';
import { ServerClock } from './server-clock';

const ROOT = 'projects/p/databases/(default)/documents';
const at = new Date(Date.UTC(2026, 10, 23));

const written = (write: Write) => restWrite(ROOT, write, at.getTime());

describe('restWrite', () => {
  it('masks what a merge takes, whether it is in the fields or to be removed', () => {
    const write = written({
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
      const write = written({ kind: 'merge', path: 'a/b', fields: {}, mask: [['people', key]] });
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
    expect(written({ kind: 'update', path: 'a/b', fields: { state: 'busy' } })).toEqual({
      update: { name: `${ROOT}/a/b`, fields: { state: { stringValue: 'busy' } } },
      updateMask: { fieldPaths: ['state'] },
      currentDocument: { exists: true },
    });
    const fields = { createdAt: SERVER_TIME } as const;
    expect(written({ kind: 'set', path: 'a/b', exists: false, fields })).toEqual({
      update: { name: `${ROOT}/a/b`, fields: {} },
      currentDocument: { exists: false },
      updateTransforms: [{ fieldPath: 'createdAt', setToServerValue: 'REQUEST_TIME' }],
    });
    expect(written({ kind: 'delete', path: 'a/b' })).toEqual({ delete: `${ROOT}/a/b` });
  });

  it('writes what can be read again', () => {
    const fields = {
      text: 'Ada',
      number: -3,
      yes: true,
      none: null,
      at: new FromNow(2_000),
      bytes: new Uint8Array([0, 255, 7]),
      map: { 'a.b': { deep: '' }, empty: {} },
    };
    const { update } = written({ kind: 'set', path: 'a/b', fields }) as {
      update: { fields: Record<string, Record<string, unknown>> };
    };
    expect(fieldsOf(JSON.parse(JSON.stringify(update.fields)) as typeof update.fields)).toEqual({
      ...fields,
      at: new Date(at.getTime() + 2_000),
    });
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

describe('post', () => {
  const SERVER = at.getTime();
  let clock: ServerClock;
  let wall: number;

  beforeEach(() => {
    wall = SERVER + 600_000;
    clock = new ServerClock(
      () => 0,
      () => wall,
    );
  });

  const answered = (body: string, init: ResponseInit = {}) => {
    spyOn(window, 'fetch').and.resolveTo(new Response(body, init));
    return post('/a', 'token', {}, {}, clock);
  };
  const refusal = (status: string) => JSON.stringify({ error: { status, message: 'no' } });

  it('learns the time from what was read and written', async () => {
    await answered(`[{ "readTime": "${at.toISOString()}" }]`);
    expect(clock.now()).toBe(SERVER);
    (window.fetch as jasmine.Spy).and.resolveTo(new Response('{ "commitTime": "2026-11-23T00:00:01.5Z" }'));
    await post('/a', 'token', {}, {}, clock);
    expect(clock.now()).toBe(SERVER + 1_500);
  });

  it('learns it from a refusal where the header may be read', async () => {
    const headers = { Date: at.toUTCString() };
    const asked = answered(refusal('PERMISSION_DENIED'), { status: 403, headers });
    await expectAsync(asked).toBeRejectedWith(jasmine.objectContaining({ reason: 'forbidden' }));
    expect(clock.now()).toBe(SERVER + 500);
  });

  it('finds the error of what is read as a stream', async () => {
    const asked = answered(`[${refusal('PERMISSION_DENIED')}]`, { status: 403 });
    await expectAsync(asked).toBeRejectedWith(jasmine.objectContaining({ reason: 'forbidden' }));
  });

  it('tells a token that is not taken from rules that refuse', async () => {
    await expectAsync(answered(refusal('UNAUTHENTICATED'), { status: 401 })).toBeRejectedWithError(
      TokenError,
    );
  });

  it('takes what is no JSON for no answer of the database', async () => {
    const asked = answered('<h1>Welcome to the hotel</h1>');
    await expectAsync(asked).toBeRejectedWith(jasmine.objectContaining({ reason: 'unavailable' }));
  });

  it('gives up what is never answered', async () => {
    spyOn(window, 'fetch').and.callFake(
      (_, init) =>
        new Promise((_resolve, reject) => {
          init!.signal!.addEventListener('abort', () => reject(init!.signal!.reason as Error));
        }),
    );
    const asked = post('/a', 'token', {}, { patience: 10 });
    await expectAsync(asked).toBeRejectedWith(jasmine.objectContaining({ reason: 'offline' }));
    // There is a limit where none is told, too.
    void post('/a', 'token', {}).catch(() => undefined);
    const [, init] = (window.fetch as jasmine.Spy<typeof fetch>).calls.mostRecent().args;
    expect(init?.signal).toBeDefined();
  });
});
