import {
  ahead,
  attacks,
  callBy,
  decision,
  lapsedSeatOf,
  olderCallBy,
  remove,
  seatOf,
  SECOND,
  update,
  type Fields,
  type Scene,
} from './fixture';

/** Anna, the host, at seat 0, ben at seat 1, and carl at seat 2. */
const together =
  (
    call: () => Fields = () => callBy('anna', { seats: 3 }),
    anna: (() => Fields) | null = () => seatOf('anna'),
  ) =>
  (scene: Scene) =>
    scene.given(
      [scene.call, call()],
      ...(anna ? [[scene.seat(0), anna()] as const] : []),
      [scene.seat(1), seatOf('ben')],
      [scene.seat(2), seatOf('carl')],
    );
const three = together();
const handedToBen = together(() => callBy('anna', { seats: 3, host: 'ben', hostSeat: 1 }));
const annaLapsed = together(undefined, () => lapsedSeatOf('anna'));
const older = (anna: (() => Fields) | null) => together(() => olderCallBy('anna', { seats: 3 }), anna);

const hand = (host: unknown, hostSeat: unknown) => ({ host, hostSeat });

attacks('handing the role of the host on', [
  {
    attack: 'taking it while the host is there',
    given: three,
    refused: (scene) => scene.ben.update(scene.call, hand('ben', 1)),
    twin: 'the host hands it on to a member',
    allowed: (scene) => scene.anna.update(scene.call, hand('ben', 1)),
  },
  {
    attack: 'a member hands it on to another one while the host is there',
    given: three,
    refused: (scene) => scene.ben.update(scene.call, hand('carl', 2)),
    twin: 'a leaving host hands it on in the commit of the farewell',
    allowed: (scene) => scene.anna.commit(update(scene.call, hand('carl', 2)), remove(scene.seat(0))),
  },
  ...(
    [
      ['who has no seat', 'dora', 1],
      ['at a seat of another member', 'ben', 2],
      ['at a seat that is free', 'ben', 4],
      ['at a seat written as text', 'ben', '1'],
      ['at no seat', 'ben', null],
      ['who is no text', 1, 1],
    ] as const
  ).map(([what, host, hostSeat]) => ({
    attack: `to a person ${what}`,
    given: three,
    refused: (scene: Scene) => scene.anna.update(scene.call, hand(host, hostSeat)),
    twin: `to one at their seat, not ${what}`,
    allowed: (scene: Scene) => scene.anna.update(scene.call, hand('ben', 1)),
  })),
  {
    attack: 'to a member whose lease has expired',
    given: async (scene) => {
      await three(scene);
      await scene.given([scene.seat(1), lapsedSeatOf('ben')]);
    },
    refused: (scene) => scene.anna.update(scene.call, hand('ben', 1)),
    twin: 'to a member whose lease runs',
    allowed: (scene) => scene.anna.update(scene.call, hand('carl', 2)),
  },
  {
    attack: 'to a member who is removed in the same commit',
    given: three,
    refused: (scene) => scene.anna.commit(update(scene.call, hand('ben', 1)), remove(scene.seat(1))),
    twin: 'removing another member in the same commit',
    allowed: (scene) => scene.anna.commit(update(scene.call, hand('ben', 1)), remove(scene.seat(2))),
  },
  {
    attack: 'back to oneself, having handed it on',
    given: handedToBen,
    refused: (scene) => scene.anna.update(scene.call, hand('anna', 0)),
    twin: 'the new host hands it back',
    allowed: (scene) => scene.ben.update(scene.call, hand('anna', 0)),
  },
  {
    attack: 'a host says that they sit at a seat of another member',
    given: three,
    refused: (scene) => scene.anna.update(scene.call, { hostSeat: 1 }),
    twin: 'a host who has changed seats says so',
    allowed: async (scene) => {
      await scene.given([scene.seat(3), seatOf('anna')]);
      await scene.anna.update(scene.call, { hostSeat: 3 });
    },
  },
  {
    attack: 'in a call of an older app, by a member while its host is there',
    given: older(() => seatOf('anna')),
    refused: (scene) => scene.ben.update(scene.call, hand('ben', 1)),
    twin: 'in a call of an older app, by its host',
    allowed: (scene) => scene.anna.update(scene.call, hand('ben', 1)),
  },
]);

attacks('claiming the role of the host', [
  {
    attack: 'without signing in',
    given: annaLapsed,
    refused: (scene) => scene.stranger.update(scene.call, hand('ben', 1)),
    twin: 'once the lease of the host has expired',
    allowed: (scene) => scene.ben.update(scene.call, hand('ben', 1)),
  },
  {
    attack: 'without a seat',
    given: annaLapsed,
    refused: (scene) => scene.as('dora').update(scene.call, hand('dora', 1)),
    twin: 'as any member',
    allowed: (scene) => scene.carl.update(scene.call, hand('carl', 2)),
  },
  {
    attack: 'from a free seat',
    given: annaLapsed,
    refused: (scene) => scene.ben.update(scene.call, hand('ben', 3)),
    twin: "from one's own seat, the host's being free",
    allowed: async (scene) => {
      await scene.anna.remove(scene.seat(0));
      await scene.ben.update(scene.call, hand('ben', 1));
    },
  },
  {
    attack: 'by a member whose own lease has expired',
    given: async (scene) => {
      await annaLapsed(scene);
      await scene.given([scene.seat(1), lapsedSeatOf('ben')]);
    },
    refused: (scene) => scene.ben.update(scene.call, hand('ben', 1)),
    twin: 'renewing it in the same commit',
    allowed: (scene) =>
      scene.ben.commit(
        update(scene.seat(1), { lease: ahead(60 * SECOND) }),
        update(scene.call, hand('ben', 1)),
      ),
  },
  {
    attack: 'for another member',
    given: annaLapsed,
    refused: (scene) => scene.ben.update(scene.call, hand('carl', 2)),
    twin: 'for oneself',
    allowed: (scene) => scene.ben.update(scene.call, hand('ben', 1)),
  },
  {
    attack: 'and closing the call in the same write',
    given: annaLapsed,
    refused: (scene) => scene.ben.update(scene.call, { ...hand('ben', 1), open: false }),
    twin: 'and closing it afterwards',
    allowed: async (scene) => {
      await scene.ben.update(scene.call, hand('ben', 1));
      await scene.ben.update(scene.call, { open: false });
    },
  },
  {
    attack: 'a second time, after another member was quicker',
    given: annaLapsed,
    refused: async (scene) => {
      await scene.ben.update(scene.call, hand('ben', 1));
      await scene.carl.update(scene.call, hand('carl', 2));
    },
    twin: 'after that member has left again',
    allowed: async (scene) => {
      await scene.ben.update(scene.call, hand('ben', 1));
      await scene.ben.remove(scene.seat(1));
      await scene.carl.update(scene.call, hand('carl', 2));
    },
  },
  {
    attack: 'back as the former host, whose lease had expired',
    given: annaLapsed,
    refused: async (scene) => {
      await scene.ben.update(scene.call, hand('ben', 1));
      await scene.given([scene.seat(0), seatOf('anna')]);
      await scene.anna.update(scene.call, hand('anna', 0));
    },
    twin: 'back before another member claimed it: the host still is the host',
    allowed: async (scene) => {
      await scene.given([scene.seat(0), seatOf('anna')]);
      await scene.anna.update(scene.call, { open: false });
    },
  },
  {
    attack: 'in an expired call',
    given: together(() => callBy('anna', { seats: 3, expiresAt: ahead(-SECOND) }), null),
    refused: (scene) => scene.ben.update(scene.call, hand('ben', 1)),
    twin: 'where another member has taken the seat of the host',
    allowed: async (scene) => {
      await together(undefined, () => seatOf('dora'))(scene);
      await scene.ben.update(scene.call, hand('ben', 1));
    },
  },
  {
    attack: 'in a call of an older app, for another member',
    given: older(null),
    refused: (scene) => scene.ben.update(scene.call, hand('carl', 2)),
    twin: 'in a call of an older app, whose host has left',
    allowed: (scene) => scene.ben.update(scene.call, hand('ben', 1)),
  },
]);

attacks('what only the host may do', [
  {
    attack: 'closing the call as the one who created it and handed the role on',
    given: handedToBen,
    refused: (scene) => scene.anna.update(scene.call, { open: false }),
    twin: 'closing it as the new host',
    allowed: (scene) => scene.ben.update(scene.call, { open: false }),
  },
  {
    attack: 'making the door ask, as a member',
    given: three,
    refused: (scene) => scene.ben.update(scene.call, { open: false, ask: true }),
    twin: 'making it ask, as the host',
    allowed: (scene) => scene.anna.update(scene.call, { open: false, ask: true }),
  },
  {
    attack: 'more seats, as a member',
    given: three,
    refused: (scene) => scene.ben.update(scene.call, { seats: 8 }),
    twin: 'more seats, as the host',
    allowed: (scene) => scene.anna.update(scene.call, { seats: 8 }),
  },
  {
    attack: 'closing a call of an older app, as a member',
    given: older(() => seatOf('anna')),
    refused: (scene) => scene.ben.update(scene.call, { open: false }),
    twin: 'closing it with an older app, as its host',
    allowed: (scene) => scene.anna.update(scene.call, { open: false }),
  },
  {
    attack: 'removing a member, as another member',
    given: three,
    refused: (scene) => scene.ben.commit(remove(scene.seat(2)), update(scene.call, { open: true })),
    twin: 'removing a member, as the host: seat and refusal in one commit',
    allowed: (scene) =>
      scene.anna.commit(remove(scene.seat(2)), ['set', scene.guest('carl'), decision('refused', 0)]),
  },
  {
    attack: 'removing a member, as the one who handed the role on',
    given: handedToBen,
    refused: (scene) => scene.anna.remove(scene.seat(2)),
    twin: 'removing a member, as the new host',
    allowed: (scene) => scene.ben.remove(scene.seat(2)),
  },
  {
    attack: 'removing the host, as a member',
    given: three,
    refused: (scene) => scene.ben.remove(scene.seat(0)),
    twin: 'removing a member, as a host who holds no seat at the moment',
    allowed: async (scene) => {
      await scene.anna.remove(scene.seat(0));
      await scene.anna.remove(scene.seat(1));
    },
  },
  {
    attack: 'ending the call for all, as a member',
    given: three,
    refused: (scene) =>
      scene.ben.commit(
        remove(scene.seat(0)),
        remove(scene.seat(1)),
        remove(scene.seat(2)),
        remove(scene.call),
      ),
    twin: 'ending the call for all, as the host',
    allowed: (scene) =>
      scene.anna.commit(
        remove(scene.seat(0)),
        remove(scene.seat(1)),
        remove(scene.seat(2)),
        remove(scene.call),
      ),
  },
  {
    attack: 'ending the call without emptying the seats',
    given: three,
    refused: (scene) => scene.anna.commit(remove(scene.seat(0)), remove(scene.call)),
    twin: 'ending a full call of eight',
    allowed: async (scene) => {
      const numbers = [0, 1, 2, 3, 4, 5, 6, 7];
      await scene.given(
        [scene.call, callBy('anna', { seats: 8 })],
        ...numbers.map((n) => [scene.seat(n), seatOf(n === 0 ? 'anna' : `m${n}`)] as const),
      );
      await scene.anna.commit(...numbers.map((n) => remove(scene.seat(n))), remove(scene.call));
    },
  },
  {
    attack: 'deleting the empty call, as the one who created it and handed the role on',
    given: (scene) => scene.given([scene.call, callBy('anna', { host: 'ben', hostSeat: 1 })]),
    refused: (scene) => scene.anna.remove(scene.call),
    twin: 'deleting it, as its last host',
    allowed: (scene) => scene.ben.remove(scene.call),
  },
]);
