import { filter, firstValueFrom, timeout, type Observable } from 'rxjs';

import { DocumentsError, type Documents } from '../firebase/documents';
import { newCode } from '../signaling/code';
import { codeKeys } from '../signaling/code-keys';
import { firestoreUser } from '../testing/firestore-user';
import { tellings } from '../testing/tellings';
import { LobbyDocuments } from './lobby-documents';
import type { RingRecord } from './lobby-records';
import { within } from '../testing/within';

interface Person {
  readonly documents: Documents;
  readonly lobby: LobbyDocuments;
}

const SESSION = '0123456789abcdef';

describe('LobbyDocuments over Firestore', () => {
  let code: string;
  let ends: (() => Promise<void>)[];

  const person = async (): Promise<Person> => {
    const { documents, end } = await firestoreUser();
    ends.push(end);
    return { documents, lobby: new LobbyDocuments(documents, await codeKeys(code, 'lobby')) };
  };
  /** A person with an entry in the lobby. */
  const present = async (name: string, shard = 0): Promise<Person> => {
    const one = await person();
    await one.lobby.appear(shard, await one.lobby.card(name), 'available', null);
    return one;
  };
  const refused = async (work: Promise<unknown>) => {
    try {
      await work;
      return 'done';
    } catch (error) {
      return error instanceof DocumentsError ? error.reason : error;
    }
  };
  const next = <T>(stream$: Observable<T>, is: (value: T) => boolean) =>
    firstValueFrom(stream$.pipe(filter(is), timeout(within(8_000))));
  const namesSeenBy = async ({ lobby }: Person) =>
    (await Promise.all((await lobby.entries()).map((entry) => lobby.nameOf(entry)))).sort();

  let ann: Person;
  beforeEach(async () => {
    code = newCode();
    ends = [];
    ann = await person();
    await ann.lobby.create();
  });
  afterEach(() => Promise.all(ends.map((end) => end())));

  for (const minutes of [10, -10]) {
    it(`lets people appear and ring on devices whose clock is ${minutes} min off`, async () => {
      const now = Date.now.bind(Date);
      spyOn(Date, 'now').and.callFake(() => now() + minutes * 60_000);
      const [ada, ben] = [await present('Ada'), await present('Ben')];
      await ada.lobby.startRing(ben.lobby.uid, 0, { name: 'Ada', code: newCode() }, null);
      expect((await ben.lobby.ring(ada.lobby.uid))?.state).toBe('ringing');
      expect(Math.abs(ben.lobby.now() - now())).toBeLessThan(60_000);
    });
  }

  it('exists once created, and can be extended', async () => {
    expect((await ann.lobby.lobby())?.expiresAt).toBeGreaterThan(Date.now());
    const first = await ann.lobby.lobby();
    await new Promise((resolve) => setTimeout(resolve, 20));
    const { lobby: ben } = await person();
    await ben.extend();
    expect((await ben.lobby())!.expiresAt).toBeGreaterThan(first!.expiresAt);
  });

  it('does not exist under another code, where no entry can be written', async () => {
    code = newCode();
    const lost = await person();
    expect(await lost.lobby.lobby()).toBeNull();
    expect(await refused(lost.lobby.appear(0, await lost.lobby.card('Lost'), 'available', null))).toBe(
      'forbidden',
    );
  });

  it('lists everyone present, at the cost of one read', async () => {
    await ann.lobby.appear(0, await ann.lobby.card('Ann'), 'available', null);
    const ben = await present('Ben');
    const before = await firstValueFrom(ben.documents.operations$);
    expect(await namesSeenBy(ben)).toEqual(['Ann', 'Ben']);
    const after = await firstValueFrom(ben.documents.operations$);
    expect(after.reads - before.reads).toBe(1);
  });

  it('reports arrivals, changes and departures, and leaves other entries alone', async () => {
    const ben = await present('Ben');
    const seen = next(ann.lobby.entries$, (entries) => entries.length === 2);
    const cleo = await present('Cleo');
    expect((await seen).map(({ availability }) => availability)).toEqual(['available', 'available']);
    await cleo.lobby.appear(0, await cleo.lobby.card('Cleo'), 'dnd', null);
    await next(ann.lobby.entries$, (entries) => entries.some(({ availability }) => availability === 'dnd'));
    await ben.lobby.leave(0);
    const [left] = await next(ann.lobby.entries$, (entries) => entries.length === 1);
    expect(left?.uid).toBe(cleo.lobby.uid);
    // Leaving twice does no harm.
    expect(await refused(ben.lobby.leave(0))).toBe('done');
  });

  it('lets people appear at the same moment', async () => {
    const people = await Promise.all(['Ben', 'Cleo', 'Dan'].map((name) => present(name, 3)));
    expect(await namesSeenBy(people[0]!)).toEqual(['Ben', 'Cleo', 'Dan']);
  });

  it('refuses to sweep an entry whose lease is valid', async () => {
    const ben = await present('Ben');
    const card = await ann.lobby.card('Ann');
    expect(await refused(ann.lobby.appear(0, card, 'available', ben.lobby.uid))).toBe('forbidden');
    expect(await namesSeenBy(ann)).toEqual(['Ben']);
  });

  describe('a ring', () => {
    let ben: Person;
    let id: string;
    let ring: RingRecord;
    beforeEach(async () => {
      ben = await present('Ben');
      ({ id } = await ann.lobby.startRing(ben.lobby.uid, 0, { name: 'Ann', code: 'abcd' }, null));
      [ring] = (await next(ben.lobby.incoming$, (rings) => rings.length > 0)) as [RingRecord];
    });
    const stateOf = ({ lobby }: Person, state: RingRecord['state']) =>
      next(lobby.ring$(id), (now) => now?.state === state);

    it('reaches its callee, who alone can read it', async () => {
      expect(ring.from).toBe(ann.lobby.uid);
      expect(await ben.lobby.offerIn(ring)).toEqual({ name: 'Ann', code: 'abcd' });
      expect(await ben.lobby.offerIn({ ...ring, revision: 2 })).toBeNull();
      const cleo = await present('Cleo');
      expect(
        await refused(cleo.documents.get(`lobbies/${(await codeKeys(code, 'lobby')).id}/rings/${id}`)),
      ).toBe('forbidden');
    });

    it('is reported once while it stays unchanged', async () => {
      const streams = [ann.lobby.entries$, ann.lobby.ring$(id), ben.lobby.incoming$];
      expect(await Promise.all(streams.map(tellings))).toEqual([1, 1, 1]);
    });

    it('is accepted once: a second answer is refused', async () => {
      await ben.lobby.answerRing(ring, 'accepted', SESSION);
      expect(await refused(ben.lobby.answerRing(ring, 'accepted', SESSION.replace('0', '1')))).toBe(
        'forbidden',
      );
      expect((await stateOf(ann, 'accepted'))?.answeredBy).toBe(SESSION);
    });

    it('is declined with a message that only the two can read', async () => {
      await ben.lobby.answerRing(ring, 'declined', SESSION, 'Later');
      const declined = await stateOf(ann, 'declined');
      expect(await ann.lobby.messageIn(declined!)).toBe('Later');
      expect(await ann.lobby.messageIn({ ...declined!, revision: 2 })).toBeNull();
    });

    it('can be cancelled, and not answered after that', async () => {
      await ann.lobby.endRing(ring, 'cancelled');
      await next(ben.lobby.incoming$, (rings) => rings.length === 0);
      expect(await refused(ben.lobby.answerRing(ring, 'accepted', SESSION))).toBe('forbidden');
    });

    it('ignores an answer or a cancellation that was meant for the previous ring', async () => {
      await ann.lobby.appear(0, await ann.lobby.card('Ann'), 'available', null);
      await ben.lobby.answerRing(ring, 'declined', SESSION);
      const back = await ben.lobby.startRing(ann.lobby.uid, 0, { name: 'Ben', code: 'efgh' }, ring);
      expect(await refused(ann.lobby.answerRing(ring, 'busy', SESSION))).toBe('forbidden');
      expect(await refused(ben.lobby.endRing(ring, 'cancelled'))).toBe('forbidden');
      expect(await stateOf(ann, 'ringing')).toEqual(jasmine.objectContaining(back));
      await ben.lobby.endRing(back, 'cancelled');
      await stateOf(ann, 'cancelled');
    });

    it('is the only ring between the two until it is over; then the callee may ring back at once', async () => {
      await ann.lobby.appear(0, await ann.lobby.card('Ann'), 'available', null);
      const back = { name: 'Ben', code: 'efgh' };
      expect(await refused(ben.lobby.startRing(ann.lobby.uid, 0, back, null))).not.toBe('done');
      expect(await refused(ben.lobby.startRing(ann.lobby.uid, 0, back, ring))).toBe('forbidden');
      await ben.lobby.answerRing(ring, 'declined', SESSION);
      expect(await refused(ann.lobby.startRing(ben.lobby.uid, 0, back, ring))).toBe('forbidden');
      expect(await ben.lobby.startRing(ann.lobby.uid, 0, back, ring)).toEqual({ id, revision: 2 });
      expect((await ann.lobby.ring(ben.lobby.uid))?.from).toBe(ben.lobby.uid);
    });

    it('does not reach a person who set do not disturb or has left', async () => {
      const cleo = await present('Cleo');
      const offer = { name: 'Ann', code: 'abcd' };
      await cleo.lobby.appear(0, await cleo.lobby.card('Cleo'), 'dnd', null);
      expect(await refused(ann.lobby.startRing(cleo.lobby.uid, 0, offer, null))).toBe('forbidden');
      await cleo.lobby.leave(0);
      expect(await refused(ann.lobby.startRing(cleo.lobby.uid, 0, offer, null))).toBe('forbidden');
    });
  });
});
