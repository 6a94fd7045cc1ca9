import { FromNow, SERVER_TIME, type Write } from './documents';
import { fieldsOf, post, restWrite, TokenError } from './rest';
import { ServerClock } from './server-clock';

const ROOT = 'projects/p/databases/(default)/documents';
const at = new Date(Date.UTC(2026, 10, 23));

const written = (write: Write) => restWrite(ROOT, write, at.getTime());

describe('restWrite', () => {
  it('masks the paths of a merge, whether they are set or removed', () => {
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

  it('quotes special keys, and escapes quotes inside them', () => {
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

  it('requires that the document exists for an update, and that it does not for a new document', () => {
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

  it('writes values that can be read back', () => {
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

  it('omits types that Parley does not use', () => {
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

  it('learns the time from reads and writes', async () => {
    await answered(`[{ "readTime": "${at.toISOString()}" }]`);
    expect(clock.now()).toBe(SERVER);
    (window.fetch as jasmine.Spy).and.resolveTo(new Response('{ "commitTime": "2026-11-23T00:00:01.5Z" }'));
    await post('/a', 'token', {}, {}, clock);
    expect(clock.now()).toBe(SERVER + 1_500);
  });

  it('learns the time from a refusal where the header is readable', async () => {
    const headers = { Date: at.toUTCString() };
    const asked = answered(refusal('PERMISSION_DENIED'), { status: 403, headers });
    await expectAsync(asked).toBeRejectedWith(jasmine.objectContaining({ reason: 'forbidden' }));
    expect(clock.now()).toBe(SERVER + 500);
  });

  it('finds the error in a streamed answer', async () => {
    const asked = answered(`[${refusal('PERMISSION_DENIED')}]`, { status: 403 });
    await expectAsync(asked).toBeRejectedWith(jasmine.objectContaining({ reason: 'forbidden' }));
  });

  it('distinguishes a rejected token from a refusal by the rules', async () => {
    await expectAsync(answered(refusal('UNAUTHENTICATED'), { status: 401 })).toBeRejectedWithError(
      TokenError,
    );
  });

  it('does not take a body that is not JSON for an answer of the database', async () => {
    const asked = answered('<h1>Welcome to the hotel</h1>');
    await expectAsync(asked).toBeRejectedWith(jasmine.objectContaining({ reason: 'unavailable' }));
  });

  it('times out when no answer comes', async () => {
    spyOn(window, 'fetch').and.callFake(
      (_, init) =>
        new Promise((_resolve, reject) => {
          init!.signal!.addEventListener('abort', () => reject(init!.signal!.reason as Error));
        }),
    );
    const asked = post('/a', 'token', {}, { patience: 10 });
    await expectAsync(asked).toBeRejectedWith(jasmine.objectContaining({ reason: 'offline' }));
    // There is a limit by default, too.
    void post('/a', 'token', {}).catch(() => undefined);
    const [, init] = (window.fetch as jasmine.Spy<typeof fetch>).calls.mostRecent().args;
    expect(init?.signal).toBeDefined();
  });
});
