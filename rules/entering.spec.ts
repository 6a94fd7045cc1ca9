import {
  ahead,
  attacks,
  callBy,
  decision,
  HOUR,
  knock,
  lapsedSeatOf,
  offerFrom,
  olderCallBy,
  remove,
  sealed,
  seatOf,
  set,
  update,
  type Attack,
  type Fields,
  type Scene,
} from './fixture';

// Who may take a free seat, and read what members offer there: no guest whom a member refused; else every guest while the
// call is open, and a guest whom a member admitted to this call.

type Ask = (scene: Scene) => Promise<unknown>;

const calls = {
  open: () => callBy('anna', { seats: 8 }),
  ask: () => callBy('anna', { seats: 8, open: false, ask: true }),
  closed: () => callBy('anna', { seats: 8, open: false }),
  'closed by an older app': () => olderCallBy('anna', { seats: 8, open: false }),
} as const;
type Door = keyof typeof calls;

/** Anna has offered a link at seat 1, which is free or has been held by carl. */
const given =
  (door: Door, carl: Fields | null = null, seat: Fields | null = null): Ask =>
  (scene) =>
    scene.given(
      [scene.call, calls[door]()],
      [scene.seat(0), seatOf('anna')],
      [scene.link, offerFrom('anna', 0)],
      ...(carl ? [[scene.guest('carl'), carl] as const] : []),
      ...(seat ? [[scene.seat(1), seat] as const] : []),
    );

/** The guest's document is older than the call. */
const afterAnEarlierCall =
  (door: Door, carl: Fields): Ask =>
  async (scene) => {
    await scene.given([scene.guest('carl'), carl]);
    await given(door)(scene);
  };

/** Everything that a guest does on the way into a call, each by itself. */
const ways: readonly (readonly [what: string, ask: Ask])[] = [
  ['taking a seat', (scene) => scene.carl.set(scene.seat(1), seatOf('carl'))],
  ['getting an offer', (scene) => scene.carl.get(scene.link)],
  ['listing offers', (scene) => scene.carl.list(`${scene.seat(1)}/links`)],
  ['a provisional answer', (scene) => scene.carl.update(scene.link, { pranswer: sealed(50) })],
  [
    'taking a seat and answering',
    (scene) =>
      scene.carl.commit(set(scene.seat(1), seatOf('carl')), update(scene.link, { answer: sealed(50) })),
  ],
];

const onEachWay = (
  rows: readonly (readonly [attack: string, refused: () => Ask, twin: string, allowed: () => Ask])[],
): readonly Attack[] =>
  rows.flatMap(([attack, refusedGiven, twin, allowedGiven]) =>
    ways.map(([what, ask]) => ({
      attack: `${what}: ${attack}`,
      refused: async (scene: Scene) => {
        await refusedGiven()(scene);
        await ask(scene);
      },
      twin: `${what}: ${twin}`,
      allowed: async (scene: Scene) => {
        await allowedGiven()(scene);
        await ask(scene);
      },
    })),
  );

attacks(
  'entering',
  onEachWay([
    ['a closed call', () => given('closed'), 'an open one', () => given('open')],
    [
      'a call closed by an older app',
      () => given('closed by an older app'),
      'an open one, after a knock that nobody answered',
      () => given('open', knock()),
    ],
    [
      'a call that asks, without a knock',
      () => given('ask'),
      'admitted without a knock, to a call that asks',
      () => given('ask', decision('admitted', 0)),
    ],
    [
      'while the knock waits',
      () => given('ask', knock()),
      'admitted to a closed call',
      () => given('closed', decision('admitted', 0)),
    ],
    [
      'refused, in a call that asks',
      () => given('ask', decision('refused', 0)),
      'refused in an earlier call of the same code, in an open one',
      () => afterAnEarlierCall('open', decision('refused', 0)),
    ],
    [
      'removed, in a call that is open',
      () => given('open', decision('refused', 0)),
      'removed and admitted again by the host',
      () => async (scene) => {
        await given('open', decision('refused', 0))(scene);
        await scene.anna.set(scene.guest('carl'), decision('admitted', 0));
      },
    ],
    [
      'admitted to an earlier call of the same code',
      () => afterAnEarlierCall('ask', decision('admitted', 0)),
      'admitted to this one after that',
      () => async (scene) => {
        await afterAnEarlierCall('ask', decision('admitted', 0))(scene);
        await scene.anna.set(scene.guest('carl'), decision('admitted', 0));
      },
    ],
    [
      'back to a seat whose lease has expired, in a call that asks',
      () => given('ask', null, lapsedSeatOf('carl')),
      'back to a seat whose lease has expired, admitted before',
      () => given('ask', decision('admitted', 0), lapsedSeatOf('carl')),
    ],
  ]),
);

attacks('the host coming back to a closed call', [
  {
    attack: 'as a member who is not the host',
    given: (scene) => scene.given([scene.call, calls.closed()], [scene.seat(1), seatOf('ben')]),
    refused: (scene) => scene.carl.set(scene.seat(0), seatOf('carl')),
    twin: 'as the host',
    allowed: (scene) => scene.anna.set(scene.seat(0), seatOf('anna')),
  },
  {
    attack: 'after the role was claimed',
    given: (scene) => scene.given([scene.call, calls.closed()], [scene.seat(1), seatOf('ben')]),
    refused: async (scene) => {
      await scene.ben.update(scene.call, { host: 'ben', hostSeat: 1 });
      await scene.anna.set(scene.seat(0), seatOf('anna'));
    },
    twin: 'of an older app, as its host',
    allowed: async (scene) => {
      await scene.given([scene.call, calls['closed by an older app']()]);
      await scene.anna.set(scene.seat(0), seatOf('anna'));
    },
  },
]);

attacks('coming back after being removed', [
  {
    attack: 'at once, with a new session',
    given: given('open', null, seatOf('carl')),
    refused: async (scene) => {
      await scene.anna.commit(remove(scene.seat(1)), set(scene.guest('carl'), decision('refused', 0)));
      await scene.carl.set(scene.seat(1), seatOf('carl'));
    },
    twin: 'a person whose seat the host emptied with an older app',
    allowed: async (scene) => {
      await scene.anna.remove(scene.seat(1));
      await scene.carl.set(scene.seat(1), seatOf('carl'));
    },
  },
  {
    attack: 'by renewing the lease',
    given: given('open', null, seatOf('carl')),
    refused: async (scene) => {
      await scene.anna.commit(remove(scene.seat(1)), set(scene.guest('carl'), decision('refused', 0)));
      await scene.carl.update(scene.seat(1), { lease: ahead(60_000) });
    },
    twin: 'a member renews the lease after another one was removed',
    allowed: async (scene) => {
      await scene.given([scene.seat(2), seatOf('ben')]);
      await scene.anna.commit(remove(scene.seat(2)), set(scene.guest('ben'), decision('refused', 0)));
      await scene.carl.update(scene.seat(1), { lease: ahead(60_000) });
    },
  },
  {
    attack: 'as the one who created the call and handed the role on',
    given: (scene) =>
      scene.given(
        [scene.call, callBy('anna', { host: 'ben', hostSeat: 1 })],
        [scene.seat(1), seatOf('ben')],
        [scene.guest('anna'), decision('refused', 1)],
      ),
    refused: (scene) => scene.anna.set(scene.seat(0), seatOf('anna')),
    twin: 'as the one who created the call and handed the role on, not removed',
    allowed: async (scene) => {
      await scene.given([scene.guest('anna'), decision('admitted', 1)]);
      await scene.anna.set(scene.seat(0), seatOf('anna'));
    },
  },
  {
    attack: 'by creating the call again while it is there',
    given: given('open', decision('refused', 0)),
    refused: (scene) =>
      scene.carl.commit(set(scene.call, callBy('carl')), set(scene.seat(0), seatOf('carl'))),
    twin: 'by creating a new call once the old one is over',
    allowed: async (scene) => {
      await scene.anna.commit(remove(scene.seat(0)), remove(scene.call));
      await scene.carl.commit(set(scene.call, callBy('carl')), set(scene.seat(0), seatOf('carl')));
    },
  },
  {
    attack: 'by deleting the call and creating it again',
    given: given('open', decision('refused', 0)),
    refused: (scene) => scene.carl.commit(remove(scene.call), set(scene.seat(0), seatOf('carl'))),
    twin: 'the host deletes an empty call',
    allowed: (scene) => scene.anna.commit(remove(scene.seat(0)), remove(scene.call)),
  },
]);

const range = (count: number): readonly number[] => [...Array(count).keys()];

attacks('a knock, from the door to the seat', [
  {
    attack: 'as member 8, with seven answers, before being admitted',
    given: (scene) => eight(scene),
    refused: (scene) => join(scene),
    twin: 'as member 8, with seven answers, once admitted: within the limits on fetched documents',
    allowed: async (scene) => {
      await scene.carl.set(scene.guest('carl'), knock());
      await scene.as('m3').set(scene.guest('carl'), decision('admitted', 3));
      await scene.carl.list(`${scene.seat(7)}/links`);
      await join(scene);
      await scene.carl.commit(
        ...range(7).map((n) => remove(scene.linkTo(7, `${n}`.repeat(16)))),
        remove(scene.seat(7)),
        remove(scene.guest('carl')),
      );
    },
  },
  {
    attack: 'the host with a farewell to seven, handing the role on to a member who has left',
    given: (scene) => eight(scene),
    refused: (scene) =>
      scene.as('m0').commit(update(scene.call, { host: 'carl', hostSeat: 7 }), ...farewell(scene)),
    twin: 'the host with a farewell to seven, handing the role on',
    allowed: (scene) =>
      scene.as('m0').commit(update(scene.call, { host: 'm1', hostSeat: 1 }), ...farewell(scene)),
  },
]);

/** Members m0 to m6, each with an offer at seat 7, in a call that asks. */
const eight = (scene: Scene) =>
  scene.given(
    [scene.call, callBy('m0', { seats: 8, open: false, ask: true, expiresAt: ahead(HOUR) })],
    ...range(7).flatMap((n) => [
      [scene.seat(n), seatOf(`m${n}`)] as const,
      [scene.linkTo(7, `${n}`.repeat(16)), offerFrom(`m${n}`, n)] as const,
    ]),
  );

const join = (scene: Scene) =>
  scene.carl.commit(
    set(scene.seat(7), seatOf('carl')),
    ...range(7).map((n) => update(scene.linkTo(7, `${n}`.repeat(16)), { answer: sealed(50) })),
  );

const farewell = (scene: Scene) => [
  remove(scene.linkTo(7, '0'.repeat(16))),
  remove(scene.guest('m0')),
  remove(scene.seat(0)),
];
