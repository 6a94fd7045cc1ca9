import { filter, firstValueFrom, Observable, timeout } from 'rxjs';

import { DocumentsError, type Documents } from '../firebase/documents';
import { firestore, memory } from '../testing/transports';
import { within } from '../testing/within';
import { randomId } from '../values/base32';
import { CallModeration } from './call-moderation';
import { CallSignaling, type Farewell } from './call-signaling';
import { newCode } from './code';
import { codeKeys, type CodeKeys } from './code-keys';
import { Knocks } from './knocks';
import type { Seat } from './records';

const goodbye: Farewell = { last: false, successor: null, admission: false };

interface Party {
  readonly documents: Documents;
  readonly signaling: CallSignaling;
  readonly session: string;
}
/** A party in a seat. */
interface Member extends Party {
  readonly moderation: CallModeration;
  readonly number: number;
}

for (const transport of [memory(), firestore]) {
  describe(`CallModeration and Knocks over ${transport.name}`, () => {
    let keys: CodeKeys;
    let ends: (() => Promise<void>)[];

    const party = async (): Promise<Party> => {
      const { documents, end } = await transport.user();
      ends.push(end);
      return { documents, session: randomId(), signaling: new CallSignaling(documents, keys) };
    };
    const seated = (who: Party, number: number): Member => ({
      ...who,
      number,
      moderation: new CallModeration(who.signaling, number),
    });
    const started = async (): Promise<Member> => {
      const host = seated(await party(), 0);
      await host.signaling.create(host.session, { name: 'Ada' }, 4);
      await host.signaling.offer({ seat: 2, id: randomId() }, 0, {
        session: host.session,
        sdp: 'an offer',
        candidates: [],
        complete: true,
      });
      return host;
    };
    const sit = async (who: Party, number: number): Promise<Member> => {
      await who.signaling.takeSeat(number, who.session, { name: `At ${number}` }, []);
      return seated(who, number);
    };
    /** Ada, the host, and Ben. */
    const two = async () => {
      const ada = await started();
      return { ada, ben: await sit(await party(), 1) };
    };
    /** The same behind a door that asks, and a guest who has knocked. */
    const knocked = async () => {
      const { ada, ben } = await two();
      await ada.moderation.setDoor('ask', []);
      const guest = await party();
      await new Knocks(guest.signaling).knock({ name: 'Cleo' });
      return { ada, ben, guest };
    };
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
    const entering = (who: Party, seat = 2) =>
      refused(who.signaling.takeSeat(seat, who.session, { name: 'Cleo' }, []));
    const offersTo = (who: Party) => refused(next(who.signaling.links$(2), ({ length }) => length === 1));
    const seatOf = async ({ signaling, session }: Party): Promise<Seat> =>
      (await next(signaling.seats$, (seats) => seats.some((seat) => seat.session === session))).find(
        (seat) => seat.session === session,
      )!;
    const stateOf = async ({ signaling }: Party) => (await signaling.guest())?.state ?? null;

    beforeEach(async () => {
      transport.reset();
      keys = await codeKeys(newCode(), 'call');
      ends = [];
    });
    afterEach(() => Promise.all(ends.map((end) => end())));

    it('refuses seats while the call is closed, and grants them again once it is open', async () => {
      const { ada } = await two();
      const guest = await party();
      await ada.moderation.setDoor('closed', []);
      expect((await guest.signaling.call())?.door).toBe('closed');
      expect(await entering(guest)).toBe('forbidden');
      await ada.moderation.setDoor('open', []);
      expect(await entering(guest)).toBe('done');
    });

    it('lets a guest knock, shows the knock to members, and grants neither seat nor offer before one admits', async () => {
      const { ada, ben, guest } = await knocked();
      expect(await stateOf(guest)).toBe('waiting');
      const [seen] = await next(ben.moderation.knocks$, ({ length }) => length === 1);
      expect(seen).toEqual(jasmine.objectContaining({ uid: guest.documents.uid, card: { name: 'Cleo' } }));
      expect(seen!.at).toBeGreaterThanOrEqual((await ada.signaling.call())!.createdAt);
      expect(await entering(guest)).toBe('forbidden');
      expect(await offersTo(guest)).toBe('forbidden');
      await ben.moderation.admit(guest.documents.uid);
      expect((await next(guest.signaling.guest$))?.state).toBe('admitted');
      expect(await offersTo(guest)).toBe('done');
      expect(await next(ada.moderation.knocks$)).toEqual([]);
      expect(await entering(guest)).toBe('done');
    });

    it('keeps a refused guest out: no seat, no other knock, no admission by another member', async () => {
      const { ada, ben, guest } = await knocked();
      await ben.moderation.refuse(guest.documents.uid, 'Carl');
      const knocks = new Knocks(guest.signaling);
      expect(await refused(knocks.knock({ name: 'Cleo' }))).toBe('forbidden');
      expect(await refused(knocks.withdraw())).toBe('forbidden');
      expect(await refused(ben.moderation.admit(guest.documents.uid))).toBe('forbidden');
      expect(await entering(guest)).toBe('forbidden');
      await ada.moderation.setDoor('open', []);
      expect(await entering(guest)).toBe('forbidden');
      await ada.moderation.admit(guest.documents.uid);
      expect(await entering(guest)).toBe('done');
    });

    it('lists for the host alone whom members removed or refused, by name, in this call', async () => {
      const { ada, ben, guest } = await knocked();
      await ben.moderation.refuse(guest.documents.uid, 'Cleo');
      await ada.moderation.remove([await seatOf(ben)]);
      const { createdAt } = (await ada.signaling.call())!;
      const listed = await ada.moderation.refused(createdAt);
      expect(new Set(listed.map(({ uid, name }) => `${uid} ${name}`))).toEqual(
        new Set([`${guest.documents.uid} Cleo`, `${ben.documents.uid} At 1`]),
      );
      expect(await ada.moderation.refused(Date.now() + 86_400_000)).toEqual([]);
      await ada.moderation.admit(guest.documents.uid);
      expect((await ada.moderation.refused(createdAt)).map(({ uid }) => uid)).toEqual([ben.documents.uid]);
    });

    it('lets the first decision count', async () => {
      const { ben, guest } = await knocked();
      await ben.moderation.admit(guest.documents.uid);
      expect(await refused(ben.moderation.refuse(guest.documents.uid, 'Carl'))).toBe('forbidden');
      expect(await stateOf(guest)).toBe('admitted');
    });

    it('refuses a guest who admits themselves, and a knock where the door does not ask', async () => {
      const { ada, guest } = await knocked();
      const own = new CallModeration(guest.signaling, 1);
      expect(await refused(own.admit(guest.documents.uid))).toBe('forbidden');
      await ada.moderation.setDoor('closed', []);
      const other = await party();
      expect(await refused(new Knocks(other.signaling).knock({ name: 'Dora' }))).toBe('forbidden');
    });

    it('forgets a knock that was taken back', async () => {
      const { ada, guest } = await knocked();
      await next(ada.moderation.knocks$, ({ length }) => length === 1);
      await new Knocks(guest.signaling).withdraw();
      expect(await next(ada.moderation.knocks$, ({ length }) => length === 0)).toEqual([]);
      expect(await stateOf(guest)).toBeNull();
    });

    it('admits a person ahead, to a closed call', async () => {
      const { ada, ben } = await two();
      await ada.moderation.setDoor('closed', []);
      const rung = await party();
      await ben.moderation.admit(rung.documents.uid);
      expect(await entering(rung)).toBe('done');
    });

    it('lets members who were there when the door closed come back after a reload', async () => {
      const { ada, ben } = await two();
      await ada.moderation.setDoor('closed', [ada.documents.uid, ben.documents.uid]);
      await ben.signaling.farewell(goodbye);
      expect(await entering(ben, 1)).toBe('done');
      await ben.signaling.farewell({ ...goodbye, admission: true });
      expect(await entering(ben, 1)).toBe('forbidden');
      await ada.signaling.farewell(goodbye);
      expect(await entering(ada, 0)).toBe('done');
    });

    it('lets only the host remove a member, who can’t come back', async () => {
      const { ada, ben } = await two();
      expect(await refused(ben.moderation.remove([await seatOf(ada)]))).toBe('forbidden');
      await ada.moderation.remove([await seatOf(ben)]);
      expect(await next(ben.signaling.seats$, ({ length }) => length === 1)).toEqual([
        jasmine.objectContaining({ number: 0 }),
      ]);
      expect(await entering(ben, 1)).toBe('forbidden');
    });

    it('lets only the host set the door and the seats', async () => {
      const { ada, ben } = await two();
      expect(await refused(ben.moderation.setDoor('ask', []))).toBe('forbidden');
      expect(await refused(ben.moderation.setSeats(8))).toBe('forbidden');
      await ada.moderation.setSeats(3);
      expect((await ben.signaling.call())?.seats).toBe(3);
    });

    it('hands the role on, and with it what only the host may do', async () => {
      const { ada, ben } = await two();
      await ada.moderation.setHost(await seatOf(ben));
      expect(await ada.signaling.call()).toEqual(
        jasmine.objectContaining({ host: ben.documents.uid, hostSeat: 1 }),
      );
      expect(await refused(ada.moderation.setDoor('closed', []))).toBe('forbidden');
      await ben.moderation.setDoor('closed', []);
      expect(await refused(ada.moderation.setHost(await seatOf(ada)))).toBe('forbidden');
    });

    it('lets the host who hands the role on behind a closed door come back', async () => {
      const { ada, ben } = await two();
      await ada.moderation.setDoor('closed', []);
      await ada.moderation.setHost(await seatOf(ben), [ada.documents.uid]);
      expect(await stateOf(ada)).toBe('admitted');
      expect(await entering(ada)).toBe('done');
    });

    it('hands the role on although the server’s answer is lost', async () => {
      const { ada, ben } = await two();
      const seat = await seatOf(ben);
      transport.loseAnswer(ada.documents);
      await ada.moderation.setHost(seat);
      expect((await ada.signaling.call())?.host).toBe(ben.documents.uid);
    });

    it('lets a member claim the role once the host’s seat is free', async () => {
      const { ada, ben } = await two();
      const seat = await seatOf(ben);
      expect(await refused(ben.moderation.setHost(seat))).toBe('forbidden');
      await ada.signaling.farewell(goodbye);
      await ben.moderation.setHost(seat);
      expect((await ben.signaling.call())?.host).toBe(ben.documents.uid);
    });

    it('hands the role on in the farewell, or only leaves if the successor has left', async () => {
      const { ada, ben } = await two();
      const successor = await seatOf(ben);
      await ada.signaling.farewell({ ...goodbye, successor });
      expect((await ben.signaling.call())?.host).toBe(ben.documents.uid);
      const cleo = await sit(await party(), 2);
      const gone = await seatOf(cleo);
      await cleo.signaling.farewell(goodbye);
      await ben.signaling.farewell({ ...goodbye, successor: gone });
      expect(await next(cleo.signaling.seats$, ({ length }) => length === 0)).toEqual([]);
      expect((await cleo.signaling.call())?.host).toBe(ben.documents.uid);
    });

    it('lets only the host end the call for all', async () => {
      const { ada, ben } = await two();
      const seats = await next(ben.signaling.seats$, ({ length }) => length === 2);
      expect(await refused(ben.moderation.end(seats, 4))).toBe('forbidden');
      await ada.moderation.end(seats, 4);
      expect(await ben.signaling.call()).toBeNull();
      expect(await next(ben.signaling.seats$, ({ length }) => length === 0)).toEqual([]);
    });
  });
}
