import { BehaviorSubject, filter, firstValueFrom, map, Observable, take, timeout, toArray } from 'rxjs';

import { Documents, DocumentsError } from '../firebase/documents';
import { tellings } from '../testing/tellings';
import { firestore, memory } from '../testing/transports';
import { randomId } from '../values/base32';
import { codeKeys, CodeKeys } from './code-keys';
import { CallSignaling, type Farewell } from './call-signaling';
import { newCode } from './code';
import type { MemberDescription } from './payloads';
import type { LinkPath, LinkRecord, Seat } from './records';
import { within } from '../testing/within';

interface Party {
  readonly documents: Documents;
  readonly signaling: CallSignaling;
  readonly session: string;
}

const stays: Farewell = { last: false, successor: null, admission: false };
const last: Farewell = { ...stays, last: true };

const candidate = (text: string) => ({
  candidate: `candidate:${text}`,
  sdpMid: '0',
  sdpMLineIndex: 0,
  usernameFragment: 'abcd',
});

for (const transport of [memory(), firestore]) {
  describe(`CallSignaling over ${transport.name}`, () => {
    let code: string;
    let keys: CodeKeys;
    let ends: (() => Promise<void>)[];

    const party = async (): Promise<Party> => {
      const { documents, end } = await transport.user();
      ends.push(end);
      return { documents, session: randomId(), signaling: new CallSignaling(documents, keys) };
    };
    const described = ({ session }: Party, sdp: string): MemberDescription => ({
      session,
      sdp,
      candidates: [candidate('host')],
      complete: false,
    });
    const next = <T>(stream$: Observable<T>, is: (value: T) => boolean = () => true) =>
      firstValueFrom(stream$.pipe(filter(is), timeout(within(8_000))));
    const refused = async (work: Promise<unknown>) => {
      try {
        await work;
        return 'done';
      } catch (error) {
        return error instanceof DocumentsError ? error.reason : String(error);
      }
    };
    const has = (count: number) => (list: readonly unknown[]) => list.length === count;

    /** A call with its host in it, and an offer at seat 1. */
    const waiting = async () => {
      const host = await party();
      await host.signaling.create(host.session, { name: 'Ada' }, 2);
      const link: LinkPath = { seat: 1, id: randomId() };
      await host.signaling.offer(link, 0, described(host, 'an offer'));
      return { host, link };
    };
    /** The same, with a guest who took seat 1 and answered. */
    const joined = async () => {
      const { host, link } = await waiting();
      const guest = await party();
      const [offered] = await next(guest.signaling.links$(1), has(1));
      await guest.signaling.takeSeat(1, guest.session, { name: 'Ben' }, [
        { link: offered!, description: described(guest, 'an answer') },
      ]);
      return { host, guest, link, offered: offered! };
    };

    beforeEach(async () => {
      transport.reset();
      code = newCode();
      keys = await codeKeys(code, 'call');
      ends = [];
    });
    afterEach(() => Promise.all(ends.map((end) => end())));

    it('reports a call that was never created as missing', async () => {
      const { signaling } = await party();
      expect(await signaling.call()).toBeNull();
      expect(await next(signaling.call$)).toBeNull();
    });

    it('creates a call with its host in the first seat', async () => {
      const { host } = await waiting();
      const { signaling, documents } = await party();
      const call = await signaling.call();
      expect(call).toEqual(
        jasmine.objectContaining({
          host: host.documents.uid,
          hostSeat: 0,
          seats: 2,
          mode: 'mesh',
          door: 'open',
        }),
      );
      expect(call!.expiresAt).toBeGreaterThan(documents.now());
      const [seat] = await next(signaling.seats$, has(1));
      expect(seat).toEqual(
        jasmine.objectContaining({
          number: 0,
          uid: host.documents.uid,
          session: host.session,
          card: { name: 'Ada' },
        }),
      );
      expect(seat!.lease).toBeGreaterThan(documents.now());
    });

    it('refuses a call whose mode it does not know, and reads nothing else of it', async () => {
      await waiting();
      const later = { mode: 'bridge', seats: 500 };
      await transport.write(`calls/${keys.id}`, later);
      const { signaling } = await party();
      const reasonOf = (error: unknown) => (error instanceof Error ? error.name : error);
      expect(await signaling.call().catch(reasonOf)).toBe('UnknownModeError');
      expect(await next(signaling.call$).catch(reasonOf)).toBe('UnknownModeError');
    });

    it('creates a call only once', async () => {
      await waiting();
      const { signaling, session } = await party();
      expect(await refused(signaling.create(session, { name: 'Eve' }, 2))).toBe('forbidden');
    });

    it('shows a standing offer to a guest who opens the call', async () => {
      const { host, link } = await waiting();
      const { signaling } = await party();
      const [offered] = await next(signaling.links$(1), has(1));
      expect(offered).toEqual(
        jasmine.objectContaining({
          ...link,
          from: host.documents.uid,
          fromSeat: 0,
          revision: 1,
          answered: false,
          answer: null,
          offer: described(host, 'an offer'),
        }),
      );
    });

    it('emits unchanged documents only once', async () => {
      const { host, link } = await waiting();
      const { signaling } = await party();
      const streams = [signaling.call$, signaling.seats$, signaling.links$(1), host.signaling.link$(link)];
      expect(await Promise.all(streams.map(tellings))).toEqual([1, 1, 1, 1]);
    });

    it('takes a seat and answers in one commit, which the offerer sees', async () => {
      const { host, guest, link } = await joined();
      const seats = await next(host.signaling.seats$, has(2));
      expect(seats.map(({ card }) => card?.name)).toEqual(['Ada', 'Ben']);
      const answered = await next(host.signaling.link$(link), (found) => found?.answered === true);
      expect(answered?.answer).toEqual(described(guest, 'an answer'));
    });

    it('delivers the first provisional answer only, and clears it with the next offer', async () => {
      const { host, link } = await waiting();
      const guest = await party();
      const [offered] = await next(guest.signaling.links$(1), has(1));
      expect(offered?.pranswer).toBeNull();
      const answer = { ...described(guest, 'what would be answered'), name: 'Ben', candidates: [] };
      await guest.signaling.answerProvisionally(offered!, answer);
      const told = await next(host.signaling.link$(link), (found) => found?.pranswer !== null);
      expect(told?.pranswer).toEqual(answer);
      expect(told?.answered).toBe(false);
      const other = await party();
      expect(await refused(other.signaling.answerProvisionally(offered!, { ...answer, name: 'Eve' }))).toBe(
        'forbidden',
      );
      await host.signaling.offerAgain(link, 2, described(host, 'another offer'));
      const again = await next(host.signaling.link$(link), (found) => found?.revision === 2);
      expect(again?.pranswer).toBeNull();
    });

    it('refuses a seat that another member holds', async () => {
      await joined();
      const third = await party();
      expect(await refused(third.signaling.takeSeat(1, third.session, { name: 'Eve' }, []))).toBe(
        'forbidden',
      );
      expect(await refused(third.signaling.takeSeat(0, third.session, { name: 'Eve' }, []))).toBe(
        'forbidden',
      );
    });

    it('refuses a seat that the call does not have', async () => {
      await waiting();
      const guest = await party();
      expect(await refused(guest.signaling.takeSeat(2, guest.session, { name: 'Ben' }, []))).toBe(
        'forbidden',
      );
    });

    it('grants a seat again as soon as its holder has left', async () => {
      const { host, guest } = await joined();
      await guest.signaling.farewell(stays);
      await next(host.signaling.seats$, has(1));
      const third = await party();
      await third.signaling.takeSeat(1, third.session, { name: 'Cleo' }, []);
      const seats = await next(host.signaling.seats$, has(2));
      expect(seats[1]?.card?.name).toBe('Cleo');
    });

    it('deletes everything when the last member leaves', async () => {
      const { host, guest, link } = await joined();
      await guest.signaling.farewell(stays);
      await host.signaling.farewell(last);
      const other = await party();
      expect(await other.signaling.call()).toBeNull();
      expect(await next(other.signaling.seats$)).toEqual([]);
      // The links of a call that doesn't exist may not be read.
      await other.signaling.create(other.session, { name: 'Cleo' }, 2);
      expect(await next(other.signaling.link$(link))).toBeNull();
    });

    it('keeps the call while another member is in it', async () => {
      const { host, guest } = await joined();
      await guest.signaling.farewell(stays);
      const third = await party();
      await third.signaling.takeSeat(1, third.session, { name: 'Cleo' }, []);
      await host.signaling.farewell(stays);
      expect(await third.signaling.call()).not.toBeNull();
      const [left] = await next(third.signaling.seats$, has(1));
      expect(left?.card?.name).toBe('Cleo');
    });

    it('renews a lease without changing the stay', async () => {
      const { host } = await waiting();
      const [before] = await next(host.signaling.seats$, has(1));
      await new Promise((resolve) => setTimeout(resolve, 20));
      await host.signaling.renew(0);
      const isRenewed = ([seat]: readonly Seat[]) => (seat?.lease ?? 0) > before!.lease;
      const [after] = await next(host.signaling.seats$, isRenewed);
      expect(after).toEqual({ ...before!, lease: after!.lease });
    });

    it('answers an offer published after the seat was taken', async () => {
      const { host } = await waiting();
      const guest = await party();
      await guest.signaling.takeSeat(1, guest.session, { name: 'Ben' }, []);
      const [offered] = await next(guest.signaling.links$(1), has(1));
      await guest.signaling.answer(offered!, described(guest, 'a late answer'));
      const answered = await next(host.signaling.link$(offered!), (found) => found?.answered === true);
      expect(answered?.answer?.sdp).toBe('a late answer');
    });

    it('creates a call although the server’s answer is lost', async () => {
      const host = await party();
      transport.loseAnswer(host.documents);
      await host.signaling.create(host.session, { name: 'Ada' }, 2);
      expect(await next(host.signaling.seats$, has(1))).toEqual([
        jasmine.objectContaining({ session: host.session }),
      ]);
    });

    it('takes a seat and answers although the server’s answer is lost', async () => {
      const { host, link } = await waiting();
      const guest = await party();
      const [offered] = await next(guest.signaling.links$(1), has(1));
      transport.loseAnswer(guest.documents);
      await guest.signaling.takeSeat(1, guest.session, { name: 'Ben' }, [
        { link: offered!, description: described(guest, 'an answer') },
      ]);
      const answered = await next(host.signaling.link$(link), (found) => found?.answered === true);
      expect(answered?.answer?.sdp).toBe('an answer');
      // This member knows that it holds the seat, so the farewell frees it.
      await guest.signaling.farewell(stays);
      expect(await next(host.signaling.seats$, has(1))).toEqual([jasmine.objectContaining({ number: 0 })]);
    });

    it('answers an offer late although the server’s answer is lost', async () => {
      const { host } = await waiting();
      const guest = await party();
      await guest.signaling.takeSeat(1, guest.session, { name: 'Ben' }, []);
      const [offered] = await next(guest.signaling.links$(1), has(1));
      transport.loseAnswer(guest.documents);
      await guest.signaling.answer(offered!, described(guest, 'a late answer'));
      const answered = await next(host.signaling.link$(offered!), (found) => found?.answered === true);
      expect(answered?.answer?.sdp).toBe('a late answer');
    });

    it('publishes an offer although the server’s answer is lost', async () => {
      const { host } = await waiting();
      const guest = await party();
      transport.loseAnswer(host.documents);
      await host.signaling.offer({ seat: 1, id: randomId() }, 0, described(host, 'another'));
      expect((await next(guest.signaling.links$(1), has(2))).length).toBe(2);
    });

    for (const minutes of [10, -10]) {
      it(`creates, takes and renews on devices whose clock is ${minutes} min off`, async () => {
        const now = Date.now.bind(Date);
        spyOn(Date, 'now').and.callFake(() => now() + minutes * 60_000);
        const { host, guest } = await joined();
        await host.signaling.renew(0);
        await guest.signaling.renew(1);
        // The clock steps in between.
        (Date.now as jasmine.Spy).and.callFake(() => now() - 6 * minutes * 60_000);
        await host.signaling.renew(0);
        expect(await next(guest.signaling.seats$, has(2))).toBeDefined();
      });
    }

    it('carries candidates in both directions, in batches, until they are complete', async () => {
      const { host, guest, link } = await joined();
      const offered$ = guest.signaling.candidates$(link, 'offerer', 1);
      const answered$ = host.signaling.candidates$(link, 'answerer', 1);
      const texts = (of: { candidates: readonly { candidate: string }[] }) =>
        of.candidates.map((one) => one.candidate.slice('candidate:'.length)).sort();

      await host.signaling.addCandidates(link, 'offerer', 1, {
        candidates: [candidate('a'), candidate('b')],
        complete: false,
      });
      expect(texts(await next(offered$, ({ candidates }) => candidates.length === 2))).toEqual(['a', 'b']);
      await host.signaling.addCandidates(link, 'offerer', 1, {
        candidates: [candidate('c')],
        complete: true,
      });
      expect(texts(await next(offered$, ({ complete }) => complete))).toEqual(['a', 'b', 'c']);

      await guest.signaling.addCandidates(link, 'answerer', 1, {
        candidates: [candidate('d')],
        complete: true,
      });
      expect(texts(await next(answered$, ({ complete }) => complete))).toEqual(['d']);
    });

    it('ignores candidates of another revision', async () => {
      const { host, guest, link } = await joined();
      await host.signaling.addCandidates(link, 'offerer', 1, {
        candidates: [candidate('a')],
        complete: true,
      });
      await next(guest.signaling.candidates$(link, 'offerer', 1), ({ complete }) => complete);
      expect(await next(guest.signaling.candidates$(link, 'offerer', 2))).toEqual({
        candidates: [],
        complete: false,
      });
    });

    it('deletes a link with its candidates', async () => {
      const { host, guest, link } = await joined();
      await host.signaling.addCandidates(link, 'offerer', 1, {
        candidates: [candidate('a')],
        complete: true,
      });
      await host.signaling.removeLink(link);
      expect(await next(guest.signaling.links$(1))).toEqual([]);
      expect((await next(guest.signaling.candidates$(link, 'offerer', 1))).candidates).toEqual([]);
    });

    it('sweeps the offers a crashed member left at the seat just taken', async () => {
      const { link } = await waiting();
      const guest = await party();
      await guest.signaling.takeSeat(1, guest.session, { name: 'Ben' }, []);
      await guest.signaling.sweep([link]);
      expect(await next(guest.signaling.links$(1))).toEqual([]);
    });

    it('discards and counts fields that do not open, and continues', async () => {
      const { host, link } = await waiting();
      const path = `calls/${keys.id}/seats/1/links/${link.id}`;
      await transport.tamper(path, 'offer', crypto.getRandomValues(new Uint8Array(200)));
      await transport.tamper(`calls/${keys.id}/seats/0`, 'card', new Uint8Array([1, 2, 3]));
      const guest = await party();
      const [offered] = await next(guest.signaling.links$(1), has(1));
      expect(offered?.offer).toBeNull();
      const [seat] = await next(guest.signaling.seats$, has(1));
      expect(seat?.card).toBeNull();
      expect(seat?.session).toBe(host.session);
      expect(await next(guest.signaling.tampered$)).toBe(2);
    });

    it('does not open an offer that was moved to another link', async () => {
      const { host, link } = await waiting();
      const other: LinkPath = { seat: 1, id: randomId() };
      await host.signaling.offer(other, 0, described(host, 'another offer'));
      const guest = await party();
      const path = (id: string) => `calls/${keys.id}/seats/1/links/${id}`;
      const sealed = (await guest.documents.get(path(other.id)))!['offer'] as Uint8Array;
      await transport.tamper(path(link.id), 'offer', sealed);
      const links = await next(guest.signaling.links$(1), has(2));
      const offerOf = ({ id }: LinkPath) => links.find((found: LinkRecord) => found.id === id)?.offer?.sdp;
      expect(offerOf(link)).toBeUndefined();
      expect(offerOf(other)).toBe('another offer');
    });

    it('counts five writes for a call of two, and as many reads on either transport', async () => {
      const host = await party();
      const guest = await party();
      const count = async ({ documents }: Party) => next(documents.operations$);
      await host.signaling.call();
      await host.signaling.create(host.session, { name: 'Ada' }, 2);
      const seatsOfCreator = firstValueFrom(
        host.signaling.seats$.pipe(
          map(({ length }) => length),
          filter((length) => length === 2),
          timeout(within(8_000)),
        ),
      );
      const link: LinkPath = { seat: 1, id: randomId() };
      await host.signaling.offer(link, 0, described(host, 'an offer'));
      const answered = firstValueFrom(
        host.signaling.link$(link).pipe(
          filter((found) => found?.answered === true),
          timeout(within(8_000)),
        ),
      );
      await guest.signaling.call();
      const seatsOfGuest = firstValueFrom(
        guest.signaling.seats$.pipe(take(2), toArray(), timeout(within(8_000))),
      );
      const [offered] = await next(guest.signaling.links$(1), has(1));
      await new Promise((resolve) => setTimeout(resolve, 200));
      await guest.signaling.takeSeat(1, guest.session, { name: 'Ben' }, [
        { link: offered!, description: described(guest, 'an answer') },
      ]);
      await Promise.all([seatsOfCreator, answered, seatsOfGuest]);
      expect(await count(host)).toEqual({ writes: 3, reads: 5, deletes: 0 });
      expect(await count(guest)).toEqual({ writes: 2, reads: 4, deletes: 0 });
    });

    it('counts a write and a read on each side for a provisional answer', async () => {
      const { host, link } = await waiting();
      const guest = await party();
      const seenByCreator = new BehaviorSubject<LinkRecord | null>(null);
      const seenByGuest = new BehaviorSubject<LinkRecord | null>(null);
      const listening = host.signaling.link$(link).subscribe(seenByCreator);
      listening.add(
        guest.signaling
          .links$(1)
          .pipe(map(([found]) => found ?? null))
          .subscribe(seenByGuest),
      );
      const both = (is: (found: LinkRecord) => boolean) =>
        Promise.all(
          [seenByCreator, seenByGuest].map((seen$) => next(seen$, (found) => found !== null && is(found))),
        );
      const count = () =>
        Promise.all([host, guest].map(({ documents }) => firstValueFrom(documents.operations$)));
      const [, offered] = await both(() => true);
      const before = await count();
      await guest.signaling.answerProvisionally(offered!, { ...described(guest, 'an answer'), name: 'Ben' });
      await both(({ pranswer }) => pranswer !== null);
      const after = await count();
      listening.unsubscribe();
      const spent = after.map(({ writes, reads }, one) => [
        writes - before[one]!.writes,
        reads - before[one]!.reads,
      ]);
      expect(spent).toEqual([
        [0, 1],
        [1, 1],
      ]);
    });
  });
}
