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
