import { deleteDB } from 'idb';

import { KeptDatabase } from './kept-database';

const NAME = 'kept-database.spec';

describe('KeptDatabase', () => {
  beforeEach(() => jasmine.clock().install());
  afterEach(async () => {
    jasmine.clock().uninstall();
    await deleteDB(NAME);
  });

  it('gives up a transaction that never responds', async () => {
    /** A request that neither succeeds nor fails. */
    const silent = (): IDBRequest =>
      Object.assign(Object.create(IDBRequest.prototype) as IDBRequest, {
        addEventListener: () => undefined,
        removeEventListener: () => undefined,
      });
    const getAll = spyOn(IDBObjectStore.prototype, 'getAll').and.callFake(silent);
    const database = new KeptDatabase(NAME);
    const reading = database.read().then(
      () => 'read',
      (error: unknown) => (error as DOMException).name,
    );
    while (getAll.calls.count() === 0) await new Promise((resolve) => requestAnimationFrame(resolve));
    jasmine.clock().tick(4_000);
    expect(await reading).toBe('TimeoutError');
    database.close();
  });
});
