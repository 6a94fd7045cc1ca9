import {
  ahead,
  attacks,
  batchOf,
  callBy,
  lapsedSeatOf,
  MINUTE,
  offerFrom,
  remove,
  sealed,
  seatOf,
  set,
  update,
  type Fields,
  type Scene,
} from './fixture';

// The commits of docs/protocol.md as clients write them, in large calls: a commit may fetch 20 documents, each of its
// writes 10, and the emulator counts like the service.

const range = (count: number): readonly number[] => [...Array(count).keys()];
const linkFrom = (scene: Scene, from: number, to: number) =>
  scene.linkTo(to, `${from.toString(32)}`.repeat(16));

/** Members m0, m1, … in all seats but the last, each with a standing offer for that one. */
const waitingFor = (seats: number, last?: () => Fields) => (scene: Scene) =>
  scene.given(
    [scene.call, callBy('m0', { seats })],
    ...range(seats - 1).flatMap((n) => [
      [scene.seat(n), seatOf(`m${n}`)] as const,
      [linkFrom(scene, n, seats - 1), offerFrom(`m${n}`, n)] as const,
    ]),
    ...(last ? [[scene.seat(seats - 1), last()] as const] : []),
  );

const join = (scene: Scene, seats: number) =>
  scene.ben.commit(
    set(scene.seat(seats - 1), seatOf('ben')),
    ...range(seats - 1).map((n) => update(linkFrom(scene, n, seats - 1), { answer: sealed(50) })),
  );

attacks(
  'joining: one commit takes the seat and answers every standing offer',
  [2, 8, 16].map((seats) => ({
    attack: `as member ${seats}, the last seat having been taken in between`,
    given: waitingFor(seats, () => seatOf('carl')),
    refused: (scene: Scene) => join(scene, seats),
    twin: `as member ${seats}`,
    allowed: async (scene: Scene) => {
      await scene.given([scene.seat(seats - 1), lapsedSeatOf('carl')]);
      await join(scene, seats);
    },
  })),
);

attacks('joining with early candidates and sweeping', [
  {
    attack: "member 8 with another member's batch for each link",
    given: waitingFor(8),
    refused: (scene) =>
      scene.ben.commit(
        set(scene.seat(7), seatOf('ben')),
        ...range(7).flatMap((n) => [
          update(linkFrom(scene, n, 7), { answer: sealed(50) }),
          set(scene.offerCandidates(0, linkFrom(scene, n, 7)), batchOf(1)),
        ]),
      ),
    twin: 'member 8 with a batch for each link',
    allowed: (scene) =>
      scene.ben.commit(
        set(scene.seat(7), seatOf('ben')),
        ...range(7).flatMap((n) => [
          update(linkFrom(scene, n, 7), { answer: sealed(50) }),
          set(scene.answerCandidates(0, linkFrom(scene, n, 7)), batchOf(1)),
        ]),
      ),
  },
  {
    attack: 'sweeping seven stale offers without taking the seat',
    given: waitingFor(8, () => lapsedSeatOf('carl')),
    refused: (scene) => scene.ben.commit(...range(7).map((n) => remove(linkFrom(scene, n, 7)))),
    twin: 'sweeping them while taking it',
    allowed: (scene) =>
      scene.ben.commit(
        set(scene.seat(7), seatOf('ben')),
        ...range(7).map((n) => remove(linkFrom(scene, n, 7))),
      ),
  },
]);

/** Eight members, with a batch of each side on each link of Anna in seat `own`; she offered to the later ones. */
const linksOf = (scene: Scene, own: number) =>
  range(8)
    .filter((other) => other !== own)
    .map((other) => linkFrom(scene, Math.min(own, other), Math.max(own, other)));
const eightWith = (own: number) => (scene: Scene) =>
  scene.given(
    [scene.call, callBy(own === 0 ? 'anna' : 'm0', { seats: 8 })],
    ...range(8).map((n) => [scene.seat(n), seatOf(n === own ? 'anna' : `m${n}`)] as const),
    ...linksOf(scene, own).flatMap((link, index) => [
      [link, offerFrom(index < own ? `m${index}` : 'anna', Math.min(index, own))] as const,
      [scene.offerCandidates(0, link), batchOf(1)] as const,
      [scene.answerCandidates(0, link), batchOf(1)] as const,
    ]),
  );
const leave = (scene: Scene, own: number) =>
  scene.anna.commit(
    // Her own candidates first, then the links that she offered, as a farewell does.
    ...linksOf(scene, own).map((link, index) =>
      remove(index < own ? scene.answerCandidates(0, link) : scene.offerCandidates(0, link)),
    ),
    ...linksOf(scene, own)
      .slice(own)
      .map((link) => remove(link)),
    remove(scene.seat(own)),
  );

attacks(
  'leaving a call of eight: one commit deletes all that a member wrote',
  [0, 3, 7].map((own) => ({
    attack: `as member ${own + 1}, with the link of two others`,
    given: eightWith(own),
    refused: async (scene: Scene) => {
      const other = scene.linkTo(5, 'z'.repeat(16));
      await scene.given([other, offerFrom('m2', 2)]);
      await scene.anna.commit(remove(other), remove(scene.seat(own)));
    },
    twin: `as member ${own + 1}`,
    allowed: (scene: Scene) => leave(scene, own),
  })),
);

attacks('a call between two, from create to farewell', [
  {
    attack: 'the host publishes a standing offer before there is a call',
    refused: (scene) => scene.anna.set(scene.link, offerFrom('anna', 0)),
    twin: 'the whole call',
    allowed: async (scene) => {
      await scene.anna.commit(
        set(scene.call, callBy('anna')),
        set(scene.seat(0), seatOf('anna')),
        set(scene.link, offerFrom('anna', 0)),
        set(scene.offerCandidates(0), batchOf(1)),
      );
      await scene.ben.get(scene.call);
      await scene.ben.list(`${scene.call}/seats`);
      await scene.ben.list(`${scene.seat(1)}/links`);
      await scene.ben.commit(
        set(scene.seat(1), seatOf('ben')),
        update(scene.link, { answer: sealed(50) }),
        set(scene.answerCandidates(0), batchOf(1)),
      );
      await scene.ben.list(`${scene.link}/offerCandidates`);
      await scene.anna.get(scene.link);
      await scene.anna.list(`${scene.link}/answerCandidates`);
      await scene.anna.commit(
        update(scene.link, { revision: 2, offer: sealed(50), answer: null }),
        set(scene.offerCandidates(1), batchOf(2)),
      );
      await scene.ben.update(scene.link, { answer: sealed(50) });
      await scene.anna.update(scene.seat(0), { lease: ahead(4 * MINUTE) });
      await scene.ben.commit(
        remove(scene.answerCandidates(0)),
        remove(scene.offerCandidates(0)),
        remove(scene.offerCandidates(1)),
        remove(scene.link),
        remove(scene.seat(1)),
      );
      await scene.anna.commit(remove(scene.link), remove(scene.seat(0)), remove(scene.call));
    },
  },
]);
