import {
  ahead,
  attacks,
  callBy,
  fields,
  HOUR,
  lapsedSeatOf,
  MINUTE,
  missing,
  offerFrom,
  patch,
  randomId,
  remove,
  requestTime,
  seatOf,
  SECOND,
  set,
  timestampRows,
  update,
  without,
  type Fields,
  type Scene,
} from './fixture';

const expired = (uid = 'anna', more: Fields = {}): Fields =>
  callBy(uid, { createdAt: ahead(-13 * HOUR), expiresAt: ahead(-SECOND), ...more });

const existing = (scene: Scene) =>
  scene.given([scene.call, callBy('anna')], [scene.seat(0), seatOf('anna')], [scene.seat(1), seatOf('ben')]);

const create = (scene: Scene, call: Fields, seat: Fields, id = scene.callId) =>
  scene.anna.commit(set(`calls/${id}`, call), set(`calls/${id}/seats/0`, seat));

attacks('reading calls', [
  {
    attack: 'reading a call without signing in',
    given: existing,
    refused: (scene) => scene.stranger.get(scene.call),
    twin: 'reading it signed in, by its id',
    allowed: (scene) => scene.carl.get(scene.call),
  },
  {
    attack: 'listing the calls',
    given: existing,
    refused: (scene) => scene.anna.list('calls'),
    twin: 'guessing an id, which shows only that nothing is there',
    allowed: (scene) => scene.carl.get(`calls/${randomId(26)}`),
  },
  {
    attack: 'a collection-group query over all calls',
    given: existing,
    refused: (scene) => scene.anna.listGroup('calls'),
    twin: 'reading an expired call, to be able to say so',
    allowed: async (scene) => {
      await scene.given([scene.call, expired()]);
      await scene.carl.get(scene.call);
    },
  },
  ...['seats', 'guests', 'links', 'offerCandidates', 'answerCandidates'].map((group) => ({
    attack: `a collection-group query over all ${group}`,
    given: existing,
    refused: (scene: Scene) => scene.anna.listGroup(group),
    twin: `listing the seats of a call with a known id (not the group ${group})`,
    allowed: (scene: Scene) => scene.anna.list(`${scene.call}/seats`),
  })),
  {
    attack: 'a document of a collection that the protocol does not know',
    refused: (scene) => scene.anna.set(`notes/${scene.callId}`, callBy('anna')),
    twin: 'a call',
    allowed: (scene) => create(scene, callBy('anna'), seatOf('anna')),
  },
]);

attacks('creating a call', [
  {
    attack: 'without signing in',
    refused: (scene) =>
      scene.stranger.commit(set(scene.call, callBy('anna')), set(scene.seat(0), seatOf('anna'))),
    twin: 'signed in',
    allowed: (scene) =>
      scene.anna.commit(set(scene.call, callBy('anna')), set(scene.seat(0), seatOf('anna'))),
  },
  {
    attack: 'without a seat',
    refused: (scene) => scene.anna.set(scene.call, callBy('anna')),
    twin: 'with seat 0 in the same commit',
    allowed: (scene) => create(scene, callBy('anna'), seatOf('anna')),
  },
  {
    attack: 'with a seat that is not seat 0',
    refused: (scene) =>
      scene.anna.commit(set(scene.call, callBy('anna')), set(scene.seat(1), seatOf('anna'))),
    twin: 'with seat 0',
    allowed: (scene) =>
      scene.anna.commit(set(scene.call, callBy('anna')), set(scene.seat(0), seatOf('anna'))),
  },
  {
    attack: 'with a seat left over from an earlier call, whose lease has expired',
    given: (scene) => scene.given([scene.seat(0), lapsedSeatOf('anna')]),
    refused: (scene) => scene.anna.set(scene.call, callBy('anna')),
    twin: 'taking that seat again',
    allowed: (scene) => create(scene, callBy('anna'), seatOf('anna')),
  },
  {
    attack: "in another user's name, from one's own seat",
    refused: (scene) => create(scene, callBy('ben'), seatOf('anna')),
    twin: "in one's own name",
    allowed: (scene) => create(scene, callBy('anna'), seatOf('anna')),
  },
  {
    attack: "in one's own name, from another user's seat",
    given: (scene) => scene.given([scene.seat(0), seatOf('ben')]),
    refused: (scene) => scene.anna.set(scene.call, callBy('anna')),
    twin: "from one's own seat",
    allowed: async (scene) => {
      await scene.given([scene.seat(0), seatOf('anna')]);
      await scene.anna.set(scene.call, callBy('anna'));
    },
  },
  {
    attack: 'closed from the start, from a seat left over from an earlier call',
    given: (scene) => scene.given([scene.seat(0), seatOf('anna')]),
    refused: (scene) => scene.anna.set(scene.call, callBy('anna', { open: false })),
    twin: 'open, from a seat left over from an earlier call',
    allowed: (scene) => scene.anna.set(scene.call, callBy('anna')),
  },
  ...(
    [
      ['too short', randomId(25)],
      ['too long', randomId(27)],
      ['with a letter outside the alphabet', `${randomId(25)}u`],
      ['in upper case', `${randomId(25)}A`],
    ] as const
  ).map(([what, id]) => ({
    attack: `under an id ${what}`,
    refused: (scene: Scene) => create(scene, callBy('anna'), seatOf('anna'), id),
    twin: `under an id of the right form, not one ${what}`,
    allowed: (scene: Scene) => create(scene, callBy('anna'), seatOf('anna'), randomId(26)),
  })),
  {
    attack: 'over a call that has expired, without deleting it first',
    given: (scene) => scene.given([scene.call, expired()]),
    refused: (scene) => create(scene, callBy('anna'), seatOf('anna')),
    twin: 'after deleting it',
    allowed: async (scene) => {
      await scene.anna.remove(scene.call);
      await create(scene, callBy('anna'), seatOf('anna'));
    },
  },
  {
    attack: 'over a call that another user has created',
    given: (scene) => scene.given([scene.call, callBy('ben')]),
    refused: (scene) => create(scene, callBy('anna'), seatOf('anna')),
    twin: 'joining it instead',
    allowed: (scene) => scene.anna.set(scene.seat(0), seatOf('anna')),
  },
]);

const callExpiry = timestampRows('expiresAt', 24 * HOUR);
fields('the fields of a call', {
  write: (scene, change) => create(scene, change(callBy('anna')), seatOf('anna')),
  allowed: [
    ['sixteen seats', patch(() => ({ seats: 16 }))],
    ['as older apps create it', (call) => ['ask', 'host', 'hostSeat'].reduce(without, call)],
    ...callExpiry.allowed,
  ],
  refused: [
    ['an extra key', patch(() => ({ title: 'Monday' }))],
    ...['createdBy', 'createdAt', 'seats', 'mode', 'open', 'ask', 'host', 'hostSeat'].map(
      (name) => [`${name} missing`, missing(name)] as const,
    ),
    ...callExpiry.refused,
    ['createdBy as a number', patch(() => ({ createdBy: 1 }))],
    ['createdBy another user', patch(() => ({ createdBy: 'ben' }))],
    ['another host', patch(() => ({ host: 'ben' }))],
    ['the host at another seat', patch(() => ({ hostSeat: 1 }))],
    ['asking from the start', patch(() => ({ ask: true }))],
    ["createdAt by the client's clock", patch(() => ({ createdAt: ahead(0) }))],
    ['createdAt ahead', patch(() => ({ createdAt: ahead(HOUR) }))],
    ['createdAt in the past', patch(() => ({ createdAt: ahead(-HOUR) }))],
    ['one seat', patch(() => ({ seats: 1 }))],
    ['seventeen seats', patch(() => ({ seats: 17 }))],
    ['seats as a string', patch(() => ({ seats: '2' }))],
    ['seats as a fraction', patch(() => ({ seats: 2.5 }))],
    ['another mode', patch(() => ({ mode: 'bridge' }))],
    ['mode as a number', patch(() => ({ mode: 1 }))],
    ['closed from the start', patch(() => ({ open: false }))],
    ['open as a string', patch(() => ({ open: 'true' }))],
  ],
});

attacks('changing a call', [
  {
    attack: 'without signing in',
    given: existing,
    refused: (scene) => scene.stranger.update(scene.call, { open: false }),
    twin: 'closing it as its host',
    allowed: (scene) => scene.anna.update(scene.call, { open: false }),
  },
  {
    attack: 'closing it as a member who is not the host',
    given: existing,
    refused: (scene) => scene.ben.update(scene.call, { open: false }),
    twin: 'extending it as its host',
    allowed: (scene) => scene.anna.update(scene.call, { expiresAt: ahead(23 * HOUR) }),
  },
  {
    attack: 'bringing an expired call back',
    given: (scene) => scene.given([scene.call, expired()]),
    refused: (scene) => scene.anna.update(scene.call, { expiresAt: ahead(HOUR) }),
    twin: 'extending one that is about to expire',
    allowed: async (scene) => {
      await scene.given([scene.call, callBy('anna', { expiresAt: ahead(MINUTE) })]);
      await scene.anna.update(scene.call, { expiresAt: ahead(HOUR) });
    },
  },
  ...(
    [
      ['one seat', { seats: 1 }],
      ['seventeen seats', { seats: 17 }],
      ['seats as a string', { seats: '3' }],
      ['seats as a fraction', { seats: 2.5 }],
      ['ask as a number', { ask: 1 }],
      ['another creator', { createdBy: 'ben' }],
      ['another time of creation', { createdAt: requestTime() }],
      ['another mode', { mode: 'bridge' }],
      ['an extra key', { title: 'Monday' }],
      ['open as a number', { open: 1 }],
      ['expiresAt too far ahead', { expiresAt: ahead(25 * HOUR) }],
      ['expiresAt in the past', { expiresAt: ahead(-SECOND) }],
    ] as const
  ).map(([what, change]) => ({
    attack: what,
    given: existing,
    refused: (scene: Scene) => scene.anna.update(scene.call, change),
    twin: `fields that may change (not ${what})`,
    allowed: (scene: Scene) =>
      scene.anna.update(scene.call, { open: false, ask: true, seats: 3, expiresAt: ahead(HOUR) }),
  })),
]);

/** A call by anna with this many seats, and the people who sit there. */
const callFor =
  (seats: number, seated: () => Readonly<Record<number, Fields>> = () => ({})) =>
  (scene: Scene) =>
    scene.given(
      [scene.call, callBy('anna', { seats })],
      ...Object.entries(seated()).map(([n, seat]) => [scene.seat(n), seat] as const),
    );

attacks('deleting a call', [
  {
    attack: 'an expired one without signing in',
    given: (scene) => scene.given([scene.call, expired()]),
    refused: (scene) => scene.stranger.remove(scene.call),
    twin: 'an expired one, signed in',
    allowed: (scene) => scene.carl.remove(scene.call),
  },
  {
    attack: 'an empty one, without a seat',
    given: callFor(2),
    refused: (scene) => scene.carl.remove(scene.call),
    twin: 'an empty one, as its host',
    allowed: (scene) => scene.anna.remove(scene.call),
  },
  {
    attack: 'one whose leases have expired, without a seat',
    given: callFor(2, () => ({ 0: lapsedSeatOf('anna'), 1: lapsedSeatOf('ben') })),
    refused: (scene) => scene.carl.remove(scene.call),
    twin: 'one whose leases have expired, as a former member',
    allowed: (scene) => scene.ben.remove(scene.call),
  },
  {
    attack: 'as the host, seat 0 occupied',
    given: callFor(2, () => ({ 0: seatOf('ben') })),
    refused: (scene) => scene.anna.remove(scene.call),
    twin: 'as the host, the lease of seat 0 expired',
    allowed: async (scene) => {
      await scene.given([scene.seat(0), lapsedSeatOf('ben')]);
      await scene.anna.remove(scene.call);
    },
  },
  {
    attack: 'as a member who keeps the seat',
    given: callFor(2, () => ({ 0: seatOf('ben') })),
    refused: (scene) => scene.ben.remove(scene.call),
    twin: 'as the last member, leaving the seat in the same commit',
    allowed: (scene) => scene.ben.commit(remove(scene.seat(0)), remove(scene.call)),
  },
  {
    attack: 'as a leaving member while the peer is still there',
    given: callFor(2, () => ({ 0: seatOf('anna'), 1: seatOf('ben') })),
    refused: (scene) => scene.ben.commit(remove(scene.seat(1)), remove(scene.call)),
    twin: 'as a leaving member after the peer has left',
    allowed: async (scene) => {
      await scene.anna.remove(scene.seat(0));
      await scene.ben.commit(remove(scene.seat(1)), remove(scene.call));
    },
  },
  {
    attack: 'a missing one, without signing in',
    refused: (scene) => scene.stranger.remove(scene.call),
    twin: 'a missing one',
    allowed: (scene) => scene.anna.remove(scene.call),
  },
  ...[0, 1, 2, 3, 4, 5, 6, 7].flatMap((n) => [
    {
      attack: `of eight seats, seat ${n} occupied`,
      given: callFor(8, () => ({ [n]: seatOf('ben') })),
      refused: (scene: Scene) => scene.anna.remove(scene.call),
      twin: `of eight seats, seat ${n} just emptied by the host`,
      allowed: (scene: Scene) => scene.anna.commit(remove(scene.seat(n)), remove(scene.call)),
    },
    {
      attack: `of eight empty seats, by a user who did not sit at ${n}`,
      given: callFor(8, () => ({ [n]: lapsedSeatOf('ben') })),
      refused: (scene: Scene) => scene.carl.remove(scene.call),
      twin: `of eight seats, by the last member to leave, from seat ${n}`,
      allowed: (scene: Scene) => scene.ben.commit(remove(scene.seat(n)), remove(scene.call)),
    },
  ]),
  ...[2, 3, 4, 5, 6, 7].map((seats) => ({
    attack: `of ${seats} seats, by a user who sat at a seat beyond them`,
    given: callFor(seats, () => ({ [seats]: lapsedSeatOf('ben') })),
    refused: (scene: Scene) => scene.ben.remove(scene.call),
    twin: `of ${seats} seats, by a user who sat at the last of them`,
    allowed: async (scene: Scene) => {
      await scene.given([scene.seat(seats - 1), lapsedSeatOf('ben')]);
      await scene.ben.remove(scene.call);
    },
  })),
  {
    attack: 'an empty one of nine seats, by its host',
    given: callFor(9),
    refused: (scene) => scene.anna.remove(scene.call),
    twin: 'the same, expired',
    allowed: async (scene) => {
      await scene.given([scene.call, expired('anna', { seats: 9 })]);
      await scene.anna.remove(scene.call);
    },
  },
  {
    attack: 'with a farewell to seven links, while another member is still there',
    given: async (scene) => {
      await callFor(8, () => ({ 7: seatOf('ben') }))(scene);
      await scene.given(
        ...[...Array(7).keys()].map(
          (n) => [scene.linkTo(7, `${n}`.repeat(16)), offerFrom(`m${n}`, n)] as const,
        ),
        [scene.seat(3), seatOf('carl')],
      );
    },
    refused: (scene) =>
      scene.ben.commit(
        ...[...Array(7).keys()].map((n) => remove(scene.linkTo(7, `${n}`.repeat(16)))),
        remove(scene.seat(7)),
        remove(scene.call),
      ),
    twin: 'with a farewell to seven links, as the last member',
    allowed: async (scene) => {
      await scene.carl.remove(scene.seat(3));
      await scene.ben.commit(
        ...[...Array(7).keys()].map((n) => remove(scene.linkTo(7, `${n}`.repeat(16)))),
        remove(scene.seat(7)),
        remove(scene.call),
      );
    },
  },
  {
    attack: 'closing and deleting in one commit while the peer is there',
    given: existing,
    refused: (scene) => scene.anna.commit(update(scene.call, { open: false }), remove(scene.call)),
    twin: 'emptying both seats and deleting, as the host',
    allowed: (scene) => scene.anna.commit(remove(scene.seat(0)), remove(scene.seat(1)), remove(scene.call)),
  },
]);
