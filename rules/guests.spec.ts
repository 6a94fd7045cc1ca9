import {
  ahead,
  attacks,
  callBy,
  decision,
  fields,
  HOUR,
  knock,
  lapsedSeatOf,
  missing,
  olderCallBy,
  patch,
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

const asking = (more: Fields = {}) => callBy('anna', { open: false, ask: true, seats: 8, ...more });

/** Anna, the host, at seat 0 and ben at seat 1; the call asks. Carl is a guest with this document, or none. */
const door =
  (carl?: () => Fields, call = asking) =>
  (scene: Scene) =>
    scene.given(
      [scene.call, call()],
      [scene.seat(0), seatOf('anna')],
      [scene.seat(1), seatOf('ben')],
      ...(carl ? [[scene.guest('carl'), carl()] as const] : []),
    );
/** The document is older than the call: it says something about another one under the same code. */
const fromBefore = (carl: () => Fields) => async (scene: Scene) => {
  await scene.given([scene.guest('carl'), carl()]);
  await door()(scene);
};

const unknown = door();
const waiting = door(() => knock());
const admitted = door(() => decision('admitted', 1));
const refused = door(() => decision('refused', 1));
const carlKnocks = (scene: Scene) => scene.carl.set(scene.guest('carl'), knock());

attacks('knocking', [
  {
    attack: 'without signing in',
    given: unknown,
    refused: (scene) => scene.stranger.set(scene.guest('carl'), knock()),
    twin: 'signed in',
    allowed: carlKnocks,
  },
  {
    attack: 'for another person',
    given: unknown,
    refused: (scene) => scene.carl.set(scene.guest('dora'), knock()),
    twin: 'again, nine minutes later',
    allowed: async (scene) => {
      await waiting(scene);
      await carlKnocks(scene);
    },
  },
  {
    attack: 'after being refused',
    given: refused,
    refused: carlKnocks,
    twin: 'after being refused in an earlier call of the same code',
    allowed: async (scene) => {
      await fromBefore(() => decision('refused', 1))(scene);
      await carlKnocks(scene);
    },
  },
  {
    attack: 'after being admitted, which would undo it',
    given: admitted,
    refused: carlKnocks,
    twin: 'after being admitted in an earlier call of the same code',
    allowed: async (scene) => {
      await fromBefore(() => decision('admitted', 1))(scene);
      await carlKnocks(scene);
    },
  },
  {
    attack: 'at a call that is open',
    given: door(undefined, () => callBy('anna')),
    refused: carlKnocks,
    twin: 'at a call that asks',
    allowed: async (scene) => {
      await unknown(scene);
      await carlKnocks(scene);
    },
  },
  {
    attack: 'at a closed call of an older app',
    given: door(undefined, () => olderCallBy('anna', { open: false })),
    refused: carlKnocks,
    twin: 'at a call whose host made it ask',
    allowed: async (scene) => {
      await scene.anna.update(scene.call, { ask: true });
      await carlKnocks(scene);
    },
  },
  {
    attack: 'at an expired call',
    given: door(undefined, () => asking({ expiresAt: ahead(-SECOND) })),
    refused: carlKnocks,
    twin: 'at one that is about to expire',
    allowed: async (scene) => {
      await door(undefined, () => asking({ expiresAt: ahead(20 * SECOND) }))(scene);
      await carlKnocks(scene);
    },
  },
  {
    attack: 'at a call that does not exist',
    refused: carlKnocks,
    twin: 'at one that does',
    allowed: async (scene) => {
      await unknown(scene);
      await carlKnocks(scene);
    },
  },
]);

const expiry = timestampRows('expiresAt', 24 * HOUR);
const card = sealedRows('card', 1024);
fields('the fields of a knock', {
  given: unknown,
  write: (scene, change) => scene.carl.set(scene.guest('carl'), change(knock())),
  allowed: [...card.allowed, ...expiry.allowed],
  refused: [
    ['an extra key', patch(() => ({ message: 'please' }))],
    ...['state', 'at', 'by'].map((name) => [`${name} missing`, missing(name)] as const),
    ...card.refused,
    ...expiry.refused,
    ['no card', patch(() => ({ card: null }))],
    ['admitted by oneself', patch(() => ({ state: 'admitted' }))],
    ['admitted in the name of a member', patch(() => decision('admitted', 1))],
    ['refused by oneself, so that it stays', patch(() => ({ state: 'refused' }))],
    ['another state', patch(() => ({ state: 'asleep' }))],
    ['a member who decided', patch(() => ({ by: 1 }))],
    ['at ahead, so that it outlasts the call', patch(() => ({ at: ahead(HOUR) }))],
    ['at in the past, so that it seems to wait for long', patch(() => ({ at: ahead(-HOUR) }))],
    ["at by the client's clock", patch(() => ({ at: ahead(0) }))],
    ['at as a number', patch(() => ({ at: Date.now() }))],
  ],
});

attacks('deciding about a guest', [
  {
    attack: 'admitting oneself, as a guest without a seat',
    given: waiting,
    refused: (scene) => scene.carl.set(scene.guest('carl'), decision('admitted', 1)),
    twin: 'admitting a guest, as a member',
    allowed: (scene) => scene.ben.set(scene.guest('carl'), decision('admitted', 1)),
  },
  {
    attack: 'admitting oneself from a free seat',
    given: waiting,
    refused: (scene) => scene.carl.set(scene.guest('carl'), decision('admitted', 2)),
    twin: 'refusing a guest, as a member',
    allowed: (scene) => scene.ben.set(scene.guest('carl'), decision('refused', 1)),
  },
  {
    attack: 'admitting oneself by changing the state alone',
    given: waiting,
    refused: (scene) => scene.carl.update(scene.guest('carl'), { state: 'admitted' }),
    twin: 'withdrawing the knock',
    allowed: (scene) => scene.carl.remove(scene.guest('carl')),
  },
  {
    attack: 'admitting another guest, as a guest',
    given: waiting,
    refused: (scene) => scene.as('dora').set(scene.guest('carl'), decision('admitted', 1)),
    twin: 'admitting a guest, as the host',
    allowed: (scene) => scene.anna.set(scene.guest('carl'), decision('admitted', 0)),
  },
  {
    attack: 'taking a seat and admitting oneself in one commit',
    given: waiting,
    refused: (scene) =>
      scene.carl.commit(
        set(scene.seat(2), seatOf('carl')),
        set(scene.guest('carl'), decision('admitted', 2)),
      ),
    twin: 'taking a seat once admitted',
    allowed: async (scene) => {
      await scene.ben.set(scene.guest('carl'), decision('admitted', 1));
      await scene.carl.set(scene.seat(2), seatOf('carl'));
    },
  },
  {
    attack: "in another member's name",
    given: waiting,
    refused: (scene) => scene.ben.set(scene.guest('carl'), decision('admitted', 0)),
    twin: "in one's own",
    allowed: (scene) => scene.ben.set(scene.guest('carl'), decision('admitted', 1)),
  },
  {
    attack: 'after the own lease has expired',
    given: async (scene) => {
      await waiting(scene);
      await scene.given([scene.seat(1), lapsedSeatOf('ben')]);
    },
    refused: (scene) => scene.ben.set(scene.guest('carl'), decision('admitted', 1)),
    twin: 'after renewing it',
    allowed: async (scene) => {
      await scene.given([scene.seat(1), seatOf('ben')]);
      await scene.ben.set(scene.guest('carl'), decision('admitted', 1));
    },
  },
  {
    attack: 'admitting a guest whom another member has refused',
    given: refused,
    refused: (scene) => scene.ben.set(scene.guest('carl'), decision('admitted', 1)),
    twin: 'admitting that guest after all, as the host',
    allowed: (scene) => scene.anna.set(scene.guest('carl'), decision('admitted', 0)),
  },
  {
    attack: 'refusing a guest whom another member has admitted',
    given: admitted,
    refused: (scene) => scene.ben.set(scene.guest('carl'), decision('refused', 1)),
    twin: 'admitting that guest once more',
    allowed: (scene) => scene.ben.set(scene.guest('carl'), decision('admitted', 1)),
  },
  {
    attack: 'refusing a person who has not knocked, as a member',
    given: unknown,
    refused: (scene) => scene.ben.set(scene.guest('carl'), decision('refused', 1)),
    twin: 'admitting a person who has not knocked, before ringing them',
    allowed: (scene) => scene.ben.set(scene.guest('carl'), decision('admitted', 1)),
  },
  {
    attack: 'refusing the knock of an earlier call, as a member',
    given: fromBefore(() => knock()),
    refused: (scene) => scene.ben.set(scene.guest('carl'), decision('refused', 1)),
    twin: 'refusing a person who has not knocked, as the host',
    allowed: (scene) => scene.anna.set(scene.guest('carl'), decision('refused', 0)),
  },
  {
    attack: 'readmitting a person whom the host removed, as a member',
    given: door(() => decision('refused', 0)),
    refused: (scene) => scene.ben.set(scene.guest('carl'), decision('admitted', 1)),
    twin: 'admitting a person who was removed from an earlier call of the same code',
    allowed: async (scene) => {
      await fromBefore(() => decision('refused', 0))(scene);
      await scene.ben.set(scene.guest('carl'), decision('admitted', 1));
    },
  },
  {
    attack: 'in an expired call',
    given: door(
      () => knock(),
      () => asking({ expiresAt: ahead(-SECOND) }),
    ),
    refused: (scene) => scene.ben.set(scene.guest('carl'), decision('admitted', 1)),
    twin: 'in a closed call',
    allowed: async (scene) => {
      await scene.given([scene.call, callBy('anna', { open: false })]);
      await scene.ben.set(scene.guest('carl'), decision('admitted', 1));
    },
  },
  {
    attack: 'as the host, without a seat',
    given: async (scene) => {
      await waiting(scene);
      await scene.anna.remove(scene.seat(0));
    },
    refused: (scene) => scene.anna.set(scene.guest('carl'), decision('refused', 0)),
    twin: 'as the host, from another seat',
    allowed: async (scene) => {
      await scene.given([scene.seat(5), seatOf('anna')]);
      await scene.anna.set(scene.guest('carl'), decision('refused', 5));
    },
  },
]);

fields('the fields of a decision', {
  given: waiting,
  write: (scene, change) => scene.ben.set(scene.guest('carl'), change(decision('admitted', 1))),
  allowed: expiry.allowed,
  refused: [
    ['an extra key', patch(() => ({ reason: 'none' }))],
    ...['state', 'card', 'at', 'by'].map((name) => [`${name} missing`, missing(name)] as const),
    ...expiry.refused,
    ['another state', patch(() => ({ state: 'host' }))],
    ['waiting, in the name of the guest', patch(() => ({ state: 'waiting' }))],
    ['a card in the name of the guest', patch(() => ({ card: sealed(40) }))],
    ['at ahead, so that it outlasts the call', patch(() => ({ at: ahead(HOUR) }))],
    ['at in the past', patch(() => ({ at: ahead(-HOUR) }))],
    ['no member who decided', patch(() => ({ by: null }))],
    ['the seat as text', patch(() => ({ by: '1' }))],
    ['a seat that does not exist', patch(() => ({ by: 16 }))],
  ],
});

fields('the fields of a refusal', {
  given: waiting,
  write: (scene, change) => scene.ben.set(scene.guest('carl'), change(decision('refused', 1))),
  allowed: [...expiry.allowed, ...sealedRows('card', 1024).allowed],
  refused: [...sealedRows('card', 1024).refused],
});

attacks('reading guests', [
  {
    attack: "another guest's document, as a guest",
    given: waiting,
    refused: (scene) => scene.as('dora').get(scene.guest('carl')),
    twin: "one's own",
    allowed: (scene) => scene.carl.get(scene.guest('carl')),
  },
  {
    attack: 'one without signing in',
    given: waiting,
    refused: (scene) => scene.stranger.get(scene.guest('carl')),
    twin: "one's own, before knocking",
    allowed: (scene) => scene.as('dora').get(scene.guest('dora')),
  },
  {
    attack: 'all, as a guest',
    given: waiting,
    refused: (scene) => scene.carl.guests(`${scene.call}/guests`, 1),
    twin: 'those who wait, as a member',
    allowed: (scene) => scene.ben.guests(`${scene.call}/guests`, 1),
  },
  {
    attack: 'those who wait, from a free seat',
    given: waiting,
    refused: (scene) => scene.carl.guests(`${scene.call}/guests`, 2),
    twin: 'those who wait, as the host',
    allowed: (scene) => scene.anna.guests(`${scene.call}/guests`, 0),
  },
  {
    attack: 'those who wait, without signing in',
    given: waiting,
    refused: (scene) => scene.stranger.guests(`${scene.call}/guests`, 1),
    twin: 'those who wait, from the highest seat',
    allowed: async (scene) => {
      await scene.given([scene.seat(7), seatOf('dora')]);
      await scene.as('dora').guests(`${scene.call}/guests`, 7);
    },
  },
  {
    attack: 'those who wait, after the own lease has expired',
    given: async (scene) => {
      await waiting(scene);
      await scene.given([scene.seat(1), lapsedSeatOf('ben')]);
    },
    refused: (scene) => scene.ben.guests(`${scene.call}/guests`, 1),
    twin: 'those who wait, where there are none',
    allowed: async (scene) => {
      await unknown(scene);
      await scene.ben.guests(`${scene.call}/guests`, 1);
    },
  },
  {
    attack: 'those who were refused',
    given: refused,
    refused: (scene) => scene.ben.guests(`${scene.call}/guests`, 1, 'refused'),
    twin: 'those who were refused, as the host',
    allowed: (scene) => scene.anna.guests(`${scene.call}/guests`, 0, 'refused'),
  },
  {
    attack: 'those who were refused, as the host from a free seat',
    given: refused,
    refused: (scene) => scene.anna.guests(`${scene.call}/guests`, 2, 'refused'),
    twin: 'those who were refused, as another host',
    allowed: async (scene) => {
      await scene.anna.update(scene.call, { host: 'ben', hostSeat: 1 });
      await scene.ben.guests(`${scene.call}/guests`, 1, 'refused');
    },
  },
  {
    attack: 'those who were admitted',
    given: admitted,
    refused: (scene) => scene.anna.guests(`${scene.call}/guests`, 0, 'admitted'),
    twin: 'those who wait',
    allowed: (scene) => scene.anna.guests(`${scene.call}/guests`, 0),
  },
  {
    attack: 'without saying from which seat',
    given: waiting,
    refused: (scene) => scene.ben.find(`${scene.call}/guests`, { state: 'waiting' }),
    twin: 'saying it',
    allowed: (scene) => scene.ben.guests(`${scene.call}/guests`, 1),
  },
]);

attacks("deleting a guest's document", [
  {
    attack: 'without signing in',
    given: waiting,
    refused: (scene) => scene.stranger.remove(scene.guest('carl')),
    twin: "one's own, while waiting",
    allowed: (scene) => scene.carl.remove(scene.guest('carl')),
  },
  {
    attack: "another guest's",
    given: waiting,
    refused: (scene) => scene.ben.remove(scene.guest('carl')),
    twin: "one's own, which is missing",
    allowed: (scene) => scene.ben.remove(scene.guest('ben')),
  },
  {
    attack: "one's own after being refused, to knock again",
    given: refused,
    refused: (scene) => scene.carl.remove(scene.guest('carl')),
    twin: "one's own, leaving the call",
    allowed: async (scene) => {
      await admitted(scene);
      await scene.given([scene.seat(2), seatOf('carl')]);
      await scene.carl.commit(remove(scene.seat(2)), remove(scene.guest('carl')));
    },
  },
  {
    attack: "another member's refusal, as the host",
    given: refused,
    refused: (scene) => scene.anna.remove(scene.guest('carl')),
    twin: "one's own, with the call, as the last member",
    allowed: async (scene) => {
      await scene.given(
        // Firestore looks at ten documents in one request: fewer seats, so that it finds this one.
        [scene.call, asking({ seats: 3 })],
        [scene.seat(0), lapsedSeatOf('anna')],
        [scene.seat(1), lapsedSeatOf('ben')],
        [scene.seat(2), seatOf('carl')],
        [scene.guest('carl'), decision('admitted', 1)],
      );
      await scene.carl.commit(remove(scene.seat(2)), remove(scene.guest('carl')), remove(scene.call));
    },
  },
  {
    attack: 'by deleting and knocking in one commit, after being refused',
    given: refused,
    refused: (scene) => scene.carl.commit(remove(scene.guest('carl')), set(scene.guest('carl'), knock())),
    twin: 'that was refused in an earlier call',
    allowed: async (scene) => {
      await fromBefore(() => decision('refused', 1))(scene);
      await scene.carl.remove(scene.guest('carl'));
    },
  },
  {
    attack: 'by deleting the call, after being refused',
    given: refused,
    refused: (scene) => scene.carl.remove(scene.call),
    twin: "one's own in a call that has been deleted",
    allowed: async (scene) => {
      await scene.given([scene.guest('carl'), knock({ at: requestTime() })]);
      await scene.carl.remove(scene.guest('carl'));
    },
  },
]);
