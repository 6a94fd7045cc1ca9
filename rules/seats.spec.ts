import {
  ahead,
  attacks,
  callBy,
  fields,
  HOUR,
  lapsedSeatOf,
  MINUTE,
  missing,
  patch,
  randomId,
  remove,
  requestTime,
  sealed,
  sealedRows,
  seatOf,
  SECOND,
  set,
  timestampRows,
  type Fields,
  type Scene,
} from './fixture';

const calledFor =
  (change: () => readonly [call?: Fields, seated?: Readonly<Record<number, Fields>>] = () => []) =>
  (scene: Scene) => {
    const [call = {}, seated = { 0: seatOf('anna') }] = change();
    return scene.given(
      [scene.call, callBy('anna', call)],
      ...Object.entries(seated).map(([n, seat]) => [scene.seat(n), seat] as const),
    );
  };
const waiting = calledFor();

attacks('reading seats', [
  {
    attack: 'one seat without signing in',
    given: waiting,
    refused: (scene) => scene.stranger.get(scene.seat(0)),
    twin: 'one seat, with the call id',
    allowed: (scene) => scene.carl.get(scene.seat(0)),
  },
  {
    attack: 'all seats without signing in',
    given: waiting,
    refused: (scene) => scene.stranger.list(`${scene.call}/seats`),
    twin: 'all seats, with the call id',
    allowed: (scene) => scene.carl.list(`${scene.call}/seats`),
  },
]);

attacks('taking a seat', [
  {
    attack: 'without signing in',
    given: waiting,
    refused: (scene) => scene.stranger.set(scene.seat(1), seatOf('ben')),
    twin: 'signed in',
    allowed: (scene) => scene.ben.set(scene.seat(1), seatOf('ben')),
  },
  {
    attack: 'for another user',
    given: waiting,
    refused: (scene) => scene.carl.set(scene.seat(1), seatOf('ben')),
    twin: 'for oneself',
    allowed: (scene) => scene.carl.set(scene.seat(1), seatOf('carl')),
  },
  {
    attack: 'the second of two, which is held',
    given: calledFor(() => [{}, { 0: seatOf('anna'), 1: seatOf('ben') }]),
    refused: (scene) => scene.carl.set(scene.seat(1), seatOf('carl')),
    twin: 'the second of two, once its holder has left',
    allowed: async (scene) => {
      await scene.ben.remove(scene.seat(1));
      await scene.carl.set(scene.seat(1), seatOf('carl'));
    },
  },
  {
    attack: 'seat 2 in a call of two',
    given: calledFor(() => [{}, { 0: seatOf('anna'), 1: seatOf('ben') }]),
    refused: (scene) => scene.carl.set(scene.seat(2), seatOf('carl')),
    twin: 'seat 2 in a call of three',
    allowed: async (scene) => {
      await scene.given([scene.call, callBy('anna', { seats: 3 })]);
      await scene.carl.set(scene.seat(2), seatOf('carl'));
    },
  },
  {
    attack: "stealing the host's seat",
    given: waiting,
    refused: (scene) => scene.carl.set(scene.seat(0), seatOf('carl')),
    twin: 'taking it once its lease has expired',
    allowed: async (scene) => {
      await scene.given([scene.seat(0), lapsedSeatOf('anna')]);
      await scene.carl.set(scene.seat(0), seatOf('carl'));
    },
  },
  {
    attack: 'stealing by changing only the uid',
    given: waiting,
    refused: (scene) => scene.carl.update(scene.seat(0), { uid: 'carl' }),
    twin: "renewing one's own",
    allowed: (scene) => scene.anna.update(scene.seat(0), { uid: 'anna', lease: ahead(3 * MINUTE) }),
  },
  {
    attack: 'stealing by deleting and taking in one commit',
    given: waiting,
    refused: (scene) => scene.carl.commit(remove(scene.seat(0)), set(scene.seat(0), seatOf('carl'))),
    twin: 'the host empties a seat',
    allowed: async (scene) => {
      await scene.given([scene.seat(1), seatOf('ben')]);
      await scene.anna.remove(scene.seat(1));
    },
  },
  {
    attack: 'in a call that does not exist',
    refused: (scene) => scene.anna.set(scene.seat(0), seatOf('anna')),
    twin: 'in one that the same commit creates',
    allowed: (scene) =>
      scene.anna.commit(set(scene.call, callBy('anna')), set(scene.seat(0), seatOf('anna'))),
  },
  {
    attack: 'in an expired call',
    given: calledFor(() => [{ expiresAt: ahead(-SECOND) }]),
    refused: (scene) => scene.ben.set(scene.seat(1), seatOf('ben')),
    twin: 'in one about to expire',
    allowed: async (scene) => {
      await scene.given([scene.call, callBy('anna', { expiresAt: ahead(MINUTE) })]);
      await scene.ben.set(scene.seat(1), seatOf('ben'));
    },
  },
  {
    attack: 'in a closed call',
    given: calledFor(() => [{ open: false }]),
    refused: (scene) => scene.ben.set(scene.seat(1), seatOf('ben')),
    twin: 'after it was opened again',
    allowed: async (scene) => {
      await scene.anna.update(scene.call, { open: true });
      await scene.ben.set(scene.seat(1), seatOf('ben'));
    },
  },
  {
    attack: "another member's seat with an expired lease, in a closed call",
    given: calledFor(() => [{ open: false }, { 1: lapsedSeatOf('ben') }]),
    refused: (scene) => scene.carl.set(scene.seat(1), seatOf('carl')),
    twin: 'the same in an open call',
    allowed: async (scene) => {
      await scene.given([scene.call, callBy('anna')]);
      await scene.carl.set(scene.seat(1), seatOf('carl'));
    },
  },
  {
    attack: "another member's seat with an expired lease, with the session of the earlier stay",
    given: (scene) => calledFor(() => [{}, { 1: lapsedSeatOf('ben', { session: scene.session }) }])(scene),
    refused: (scene) => scene.carl.set(scene.seat(1), seatOf('carl', { session: scene.session })),
    twin: "with a session of one's own",
    allowed: (scene) => scene.carl.set(scene.seat(1), seatOf('carl')),
  },
  ...['16', '01', '-1', 'a', '1a', '00'].map((n) => ({
    attack: `a seat called ${n}`,
    given: calledFor(() => [{ seats: 16 }]),
    refused: (scene: Scene) => scene.ben.set(scene.seat(n), seatOf('ben')),
    twin: `a seat called 15, not ${n}`,
    allowed: (scene: Scene) => scene.ben.set(scene.seat(15), seatOf('ben')),
  })),
]);

const seatExpiry = timestampRows('expiresAt', 24 * HOUR);
const lease = timestampRows('lease', 15 * MINUTE);
const card = sealedRows('card', 1024);
const seatFields = {
  allowed: [...lease.allowed, ...seatExpiry.allowed, ...card.allowed],
  refused: [
    ['an extra key', patch(() => ({ admin: true }))],
    ...['uid', 'session', 'since'].map((name) => [`${name} missing`, missing(name)] as const),
    ...lease.refused,
    ...seatExpiry.refused,
    ...card.refused,
    ['uid as a number', patch(() => ({ uid: 1 }))],
    ['session as a number', patch(() => ({ session: 1234567890123456 }))],
    ['a session too short', patch(() => ({ session: randomId(15) }))],
    ['a session outside the alphabet', patch(() => ({ session: `${randomId(15)}o` }))],
    ["since by the client's clock", patch(() => ({ since: ahead(0) }))],
    ['since ahead', patch(() => ({ since: ahead(HOUR) }))],
    ['since in the past', patch(() => ({ since: ahead(-HOUR) }))],
    ['since as a string', patch(() => ({ since: 'now' }))],
  ],
} as const;

fields('the fields of a new seat', {
  ...seatFields,
  given: waiting,
  write: (scene, change) => scene.ben.set(scene.seat(1), change(seatOf('ben'))),
});

fields('the fields of a seat taken after its lease expired', {
  ...seatFields,
  given: calledFor(() => [{}, { 1: lapsedSeatOf('carl') }]),
  write: (scene, change) => scene.ben.set(scene.seat(1), change(seatOf('ben'))),
});

attacks('coming back to a seat', [
  {
    attack: 'without signing in',
    given: waiting,
    refused: (scene) => scene.stranger.set(scene.seat(0), seatOf('anna')),
    twin: 'after a reload, with a new session',
    allowed: (scene) => scene.anna.set(scene.seat(0), seatOf('anna')),
  },
  {
    attack: "to another member's, in a closed call",
    given: calledFor(() => [{ open: false }]),
    refused: (scene) => scene.ben.set(scene.seat(0), seatOf('ben')),
    twin: "to one's own, in a closed call",
    allowed: (scene) => scene.anna.set(scene.seat(0), seatOf('anna')),
  },
  {
    attack: 'in a closed call, after the lease expired',
    given: calledFor(() => [{ open: false }, { 1: lapsedSeatOf('ben') }]),
    refused: (scene) => scene.ben.set(scene.seat(1), seatOf('ben')),
    twin: 'in an open call, after the lease expired',
    allowed: async (scene) => {
      await scene.given([scene.call, callBy('anna')]);
      await scene.ben.set(scene.seat(1), seatOf('ben'));
    },
  },
  {
    attack: 'in an expired call, the lease still running',
    given: calledFor(() => [{ expiresAt: ahead(-SECOND) }]),
    refused: (scene) => scene.anna.set(scene.seat(0), seatOf('anna')),
    twin: 'in a live one',
    allowed: async (scene) => {
      await scene.given([scene.call, callBy('anna')]);
      await scene.anna.set(scene.seat(0), seatOf('anna'));
    },
  },
  {
    attack: 'as a new stay with the old session',
    given: (scene) => calledFor(() => [{}, { 0: seatOf('anna', { session: scene.session }) }])(scene),
    refused: (scene) => scene.anna.set(scene.seat(0), seatOf('anna', { session: scene.session })),
    twin: 'with a new session',
    allowed: (scene) => scene.anna.set(scene.seat(0), seatOf('anna')),
  },
]);

const seated = (scene: Scene) =>
  calledFor(() => [{}, { 0: seatOf('anna'), 1: seatOf('ben', { since: ahead(-HOUR) }) }])(scene);
const renewal = () => ({ lease: ahead(14 * MINUTE), expiresAt: ahead(13 * HOUR) });

attacks('renewing a lease', [
  {
    attack: 'without signing in',
    given: seated,
    refused: (scene) => scene.stranger.update(scene.seat(1), renewal()),
    twin: 'by its holder',
    allowed: (scene) => scene.ben.update(scene.seat(1), renewal()),
  },
  {
    attack: "another member's",
    given: seated,
    refused: (scene) => scene.carl.update(scene.seat(1), renewal()),
    twin: "one's own",
    allowed: (scene) => scene.ben.update(scene.seat(1), { lease: ahead(4 * MINUTE) }),
  },
  {
    attack: "another member's, as the call's host",
    given: seated,
    refused: (scene) => scene.anna.update(scene.seat(1), renewal()),
    twin: 'one’s own, as the host',
    allowed: (scene) => scene.anna.update(scene.seat(0), renewal()),
  },
  ...(
    [
      ['a lease too long', () => ({ lease: ahead(16 * MINUTE) })],
      ['a lease in the past', () => ({ lease: ahead(-SECOND) })],
      ['a lease as a number', () => ({ lease: 5 })],
      ['since moved to now', () => ({ ...renewal(), since: requestTime() })],
      ['since moved back', () => ({ ...renewal(), since: ahead(-2 * HOUR) })],
      ['another session', () => ({ ...renewal(), session: randomId(16) })],
      ['another uid', () => ({ ...renewal(), uid: 'carl' })],
      ['an extra key', () => ({ ...renewal(), admin: true })],
      ['a card too large', () => ({ ...renewal(), card: sealed(1025) })],
      ['expiresAt too far ahead', () => ({ ...renewal(), expiresAt: ahead(25 * HOUR) })],
    ] as const
  ).map(([what, change]) => ({
    attack: `with ${what}`,
    given: seated,
    refused: (scene: Scene) => scene.ben.update(scene.seat(1), change()),
    twin: `with a new name, not ${what}`,
    allowed: (scene: Scene) => scene.ben.update(scene.seat(1), { ...renewal(), card: sealed(60) }),
  })),
  {
    attack: 'in a deleted call',
    given: (scene) => scene.given([scene.seat(1), seatOf('ben')]),
    refused: (scene) => scene.ben.update(scene.seat(1), renewal()),
    twin: 'in a call that was closed',
    allowed: async (scene) => {
      await scene.given([scene.call, callBy('anna', { open: false })]);
      await scene.ben.update(scene.seat(1), renewal());
    },
  },
  {
    attack: 'in an expired call',
    given: calledFor(() => [{ expiresAt: ahead(-SECOND) }, { 1: seatOf('ben') }]),
    refused: (scene) => scene.ben.update(scene.seat(1), renewal()),
    twin: 'in one about to expire',
    allowed: async (scene) => {
      await scene.given([scene.call, callBy('anna', { expiresAt: ahead(MINUTE) })]);
      await scene.ben.update(scene.seat(1), renewal());
    },
  },
  {
    attack: 'after it expired, in a closed call',
    given: calledFor(() => [{ open: false }, { 1: lapsedSeatOf('ben') }]),
    refused: (scene) => scene.ben.update(scene.seat(1), renewal()),
    twin: 'after it expired and nobody took the seat, in an open call',
    allowed: async (scene) => {
      await scene.given([scene.call, callBy('anna')]);
      await scene.ben.update(scene.seat(1), renewal());
    },
  },
  {
    attack: 'after it expired and another member took the seat',
    given: calledFor(() => [{}, { 1: lapsedSeatOf('ben') }]),
    refused: async (scene) => {
      await scene.carl.set(scene.seat(1), seatOf('carl'));
      await scene.ben.update(scene.seat(1), renewal());
    },
    twin: 'by that other member',
    allowed: async (scene) => {
      await scene.carl.set(scene.seat(1), seatOf('carl'));
      await scene.carl.update(scene.seat(1), renewal());
    },
  },
  {
    attack: "another member's that expired, without taking the seat",
    given: calledFor(() => [{}, { 1: lapsedSeatOf('ben') }]),
    refused: (scene) => scene.carl.update(scene.seat(1), renewal()),
    twin: "one's own that expired",
    allowed: (scene) => scene.ben.update(scene.seat(1), renewal()),
  },
  {
    attack: 'at a seat that a re-created call does not have',
    given: calledFor(() => [{}, { 2: seatOf('ben') }]),
    refused: (scene) => scene.ben.update(scene.seat(2), renewal()),
    twin: 'at a seat that it has',
    allowed: async (scene) => {
      await scene.given([scene.call, callBy('anna', { seats: 3 })]);
      await scene.ben.update(scene.seat(2), renewal());
    },
  },
]);

attacks('emptying a seat', [
  {
    attack: 'without signing in',
    given: seated,
    refused: (scene) => scene.stranger.remove(scene.seat(1)),
    twin: 'leaving it',
    allowed: (scene) => scene.ben.remove(scene.seat(1)),
  },
  {
    attack: 'by a member who did not create the call',
    given: seated,
    refused: (scene) => scene.ben.remove(scene.seat(0)),
    twin: "by the call's host",
    allowed: (scene) => scene.anna.remove(scene.seat(1)),
  },
  {
    attack: 'whose lease has expired, by a user without a seat',
    given: calledFor(() => [{}, { 1: lapsedSeatOf('ben') }]),
    refused: (scene) => scene.carl.remove(scene.seat(1)),
    twin: 'whose lease has expired, by its last holder',
    allowed: (scene) => scene.ben.remove(scene.seat(1)),
  },
  {
    attack: 'of a deleted call, by another user',
    given: (scene) => scene.given([scene.seat(1), seatOf('ben')]),
    refused: (scene) => scene.anna.remove(scene.seat(1)),
    twin: 'of a deleted call, by its holder',
    allowed: (scene) => scene.ben.remove(scene.seat(1)),
  },
  {
    attack: 'that is already empty, without signing in',
    given: waiting,
    refused: (scene) => scene.stranger.remove(scene.seat(1)),
    twin: 'that is already empty: nothing happens',
    allowed: (scene) => scene.ben.remove(scene.seat(1)),
  },
]);
