import {
  ahead,
  attacks,
  batchOf,
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
  sealed,
  sealedRows,
  seatOf,
  SECOND,
  set,
  timestampRows,
  update,
  type Attack,
  type Fields,
  type Scene,
} from './fixture';

interface Linked {
  readonly call?: Fields;
  readonly anna?: Fields;
  readonly ben?: Fields;
  readonly link?: Fields;
}

/** Anna at seat 0 and ben at seat 1, linked at revision 2, with a batch of each side. */
const linked =
  (change: () => Linked = () => ({})) =>
  (scene: Scene) => {
    const { call = {}, anna = seatOf('anna'), ben = seatOf('ben'), link = {} } = change();
    return scene.given(
      [scene.call, callBy('anna', { seats: 3, ...call })],
      [scene.seat(0), anna],
      [scene.seat(1), ben],
      [scene.link, offerFrom('anna', 0, { revision: 2, answer: sealed(50), ...link })],
      [scene.offerCandidates(0), batchOf(2)],
      [scene.answerCandidates(0), batchOf(2)],
    );
  };

interface RoleCase {
  readonly name: string;
  readonly path: (scene: Scene, k?: number | string, link?: string) => string;
  /** Who writes this role's candidates, and who reads them. */
  readonly writer: string;
  readonly reader: string;
  readonly seat: number;
}

const roles: readonly RoleCase[] = [
  {
    name: 'offerCandidates',
    path: (scene, k = 1, link) => scene.offerCandidates(k, link),
    writer: 'anna',
    reader: 'ben',
    seat: 0,
  },
  {
    name: 'answerCandidates',
    path: (scene, k = 1, link) => scene.answerCandidates(k, link),
    writer: 'ben',
    reader: 'anna',
    seat: 1,
  },
];

const byTheNextHolder: Attack = {
  attack: "for the previous holder's offer",
  given: linked(() => ({ anna: seatOf('carl') })),
  refused: (scene) => scene.carl.set(scene.offerCandidates(1), batchOf(2)),
  twin: 'for an offer of their own',
  allowed: async (scene) => {
    const link = scene.linkTo(1, randomId(16));
    await scene.carl.commit(set(link, offerFrom('carl', 0)), set(scene.offerCandidates(0, link), batchOf(1)));
  },
};

for (const { name, path, writer, reader, seat } of roles) {
  const collection = (scene: Scene) => `${scene.link}/${name}`;
  const write = (scene: Scene) => scene.as(writer).set(path(scene), batchOf(2));

  attacks(`reading ${name}`, [
    {
      attack: 'one batch without signing in',
      given: linked(),
      refused: (scene) => scene.stranger.get(path(scene, 0)),
      twin: 'one batch, by the peer',
      allowed: (scene) => scene.as(reader).get(path(scene, 0)),
    },
    {
      attack: 'all without signing in',
      given: linked(),
      refused: (scene) => scene.stranger.list(collection(scene)),
      twin: 'all, by the peer',
      allowed: (scene) => scene.as(reader).list(collection(scene)),
    },
    {
      attack: 'one batch, by an outsider',
      given: linked(),
      refused: (scene) => scene.carl.get(path(scene, 0)),
      twin: 'one batch, by the intended reader',
      allowed: (scene) => scene.as(reader).get(path(scene, 0)),
    },
    {
      attack: 'all, by an outsider',
      given: linked(),
      refused: (scene) => scene.carl.list(collection(scene)),
      twin: 'all, by the intended reader',
      allowed: (scene) => scene.as(reader).list(collection(scene)),
    },
    {
      attack: 'all, by a member of another seat',
      given: linked(),
      refused: async (scene) => {
        await scene.given([scene.seat(2), seatOf('carl')]);
        await scene.carl.list(collection(scene));
      },
      twin: 'all, beside that member',
      allowed: async (scene) => {
        await scene.given([scene.seat(2), seatOf('carl')]);
        await scene.as(reader).list(collection(scene));
      },
    },
    {
      attack: 'by a guest who could take the free seat',
      given: linked(),
      refused: async (scene) => {
        await scene.ben.remove(scene.seat(1));
        await scene.carl.list(collection(scene));
      },
      twin: 'while it is taken, by the intended reader',
      allowed: (scene) => scene.as(reader).list(collection(scene)),
    },
    {
      attack: 'by their writer',
      given: linked(),
      refused: (scene) => scene.as(writer).list(collection(scene)),
      twin: 'by their intended reader',
      allowed: (scene) => scene.as(reader).list(collection(scene)),
    },
  ]);

  attacks(`writing ${name}`, [
    {
      attack: 'without signing in',
      given: linked(),
      refused: (scene) => scene.stranger.set(path(scene), batchOf(2)),
      twin: 'signed in',
      allowed: write,
    },
    {
      attack: "another member's candidates, by an outsider",
      given: linked(),
      refused: (scene) => scene.carl.set(path(scene), batchOf(2)),
      twin: "one's own",
      allowed: write,
    },
    {
      attack: "another member's candidates, by a member of another seat",
      given: linked(),
      refused: async (scene) => {
        await scene.given([scene.seat(2), seatOf('carl')]);
        await scene.carl.set(path(scene), batchOf(2));
      },
      twin: "one's own, beside that member",
      allowed: async (scene) => {
        await scene.given([scene.seat(2), seatOf('carl')]);
        await write(scene);
      },
    },
    // The holder of the answerer's seat may answer in the answerer's place; nobody may offer in another member's.
    ...(writer === 'anna' ? [byTheNextHolder] : []),
    {
      attack: 'role swap: by the peer',
      given: linked(),
      refused: (scene) => scene.as(reader).set(path(scene), batchOf(2)),
      twin: 'by this side',
      allowed: write,
    },
    {
      attack: 'over an earlier batch',
      given: linked(),
      refused: (scene) => scene.as(writer).set(path(scene, 0), batchOf(2)),
      twin: 'beside it',
      allowed: write,
    },
    {
      attack: 'over an earlier batch, by the peer',
      given: linked(),
      refused: (scene) => scene.as(reader).update(path(scene, 0), { batch: sealed(10) }),
      twin: 'a second and a third',
      allowed: async (scene) => {
        await write(scene);
        await scene.as(writer).set(path(scene, 2), batchOf(2));
      },
    },
    {
      attack: 'of the last revision, late',
      given: linked(),
      refused: (scene) => scene.as(writer).set(path(scene), batchOf(1)),
      twin: 'of the current one',
      allowed: write,
    },
    {
      attack: 'of the next revision, early',
      given: linked(),
      refused: (scene) => scene.as(writer).set(path(scene), batchOf(3)),
      twin: 'of the next one, after it was offered',
      allowed: async (scene) => {
        await scene.anna.update(scene.link, { revision: 3, offer: sealed(50), answer: null });
        await scene.as(writer).set(path(scene), batchOf(3));
      },
    },
    {
      attack: 'for a link that does not exist',
      given: linked(),
      refused: (scene) => scene.as(writer).set(path(scene, 1, scene.linkTo(1, randomId(16))), batchOf(2)),
      twin: 'for one that does',
      allowed: write,
    },
    {
      attack: 'for a link deleted in the same commit',
      given: linked(),
      refused: (scene) => scene.as(writer).commit(remove(scene.link), set(path(scene), batchOf(2))),
      twin: 'for a link that stays',
      allowed: (scene) => scene.as(writer).commit(set(path(scene), batchOf(2)), remove(path(scene, 0))),
    },
    {
      attack: 'for a link that has expired',
      given: linked(() => ({ link: { expiresAt: ahead(-SECOND) } })),
      refused: write,
      twin: 'for one that is about to',
      allowed: async (scene) => {
        await scene.given([scene.link, offerFrom('anna', 0, { revision: 2, expiresAt: ahead(MINUTE) })]);
        await write(scene);
      },
    },
    {
      attack: 'after the seat was lost',
      given: linked(),
      refused: async (scene) => {
        await scene.given([scene.seat(seat), seatOf('carl')]);
        await write(scene);
      },
      twin: 'after coming back to it',
      allowed: async (scene) => {
        await scene.as(writer).set(scene.seat(seat), seatOf(writer));
        await write(scene);
      },
    },
    {
      attack: 'after the seat was emptied',
      given: linked(),
      refused: async (scene) => {
        await scene.anna.remove(scene.seat(seat));
        await write(scene);
      },
      twin: 'after another seat was emptied',
      allowed: async (scene) => {
        await scene.given([scene.seat(2), seatOf('carl')]);
        await scene.anna.remove(scene.seat(2));
        await write(scene);
      },
    },
    {
      attack: 'after the lease expired',
      given: linked(),
      refused: async (scene) => {
        await scene.given([scene.seat(seat), lapsedSeatOf(writer)]);
        await write(scene);
      },
      twin: 'renewing it in the same commit',
      allowed: async (scene) => {
        await scene.given([scene.seat(seat), lapsedSeatOf(writer)]);
        await scene
          .as(writer)
          .commit(update(scene.seat(seat), { lease: ahead(MINUTE) }), set(path(scene), batchOf(2)));
      },
    },
    {
      attack: 'in an expired call',
      given: linked(() => ({ call: { expiresAt: ahead(-SECOND) } })),
      refused: write,
      twin: 'in a closed one',
      allowed: async (scene) => {
        await scene.given([scene.call, callBy('anna', { open: false })]);
        await write(scene);
      },
    },
    ...['10000', '01', '-1', 'a', '1a'].map((k): Attack => ({
      attack: `under the number ${k}`,
      given: linked(),
      refused: (scene) => scene.as(writer).set(path(scene, k), batchOf(2)),
      twin: `under the last number, not ${k}`,
      allowed: (scene) => scene.as(writer).set(path(scene, 9999), batchOf(2)),
    })),
  ]);

  const expiry = timestampRows('expiresAt', 24 * HOUR);
  const batch = sealedRows('batch', 4_096);
  fields(`the fields of a batch in ${name}`, {
    given: linked(),
    write: (scene, change) => scene.as(writer).set(path(scene), change(batchOf(2))),
    allowed: [...expiry.allowed, ...batch.allowed],
    refused: [
      ['an extra key', patch(() => ({ from: writer }))],
      ['revision missing', missing('revision')],
      ['revision as a string', patch(() => ({ revision: '2' }))],
      ['revision as a fraction', patch(() => ({ revision: 2.5 }))],
      ...expiry.refused,
      ...batch.refused,
    ],
  });

  attacks(`deleting ${name}`, [
    {
      attack: 'without signing in',
      given: linked(),
      refused: (scene) => scene.stranger.remove(path(scene, 0)),
      twin: 'by the offerer',
      allowed: (scene) => scene.anna.remove(path(scene, 0)),
    },
    {
      attack: 'by an outsider',
      given: linked(),
      refused: (scene) => scene.carl.remove(path(scene, 0)),
      twin: "by the seat's holder",
      allowed: (scene) => scene.ben.remove(path(scene, 0)),
    },
    {
      attack: 'of a deleted link, by an outsider',
      given: (scene) =>
        scene.given(
          [scene.call, callBy('anna')],
          [scene.seat(1), seatOf('ben')],
          [path(scene, 0), batchOf(1)],
        ),
      refused: (scene) => scene.carl.remove(path(scene, 0)),
      twin: "of a deleted link, by the seat's holder",
      allowed: (scene) => scene.ben.remove(path(scene, 0)),
    },
    {
      attack: 'together with seat and link, by another user',
      given: linked(),
      refused: (scene) =>
        scene.carl.commit(remove(path(scene, 0)), remove(scene.link), remove(scene.seat(1))),
      twin: 'together with seat and link, by the leaving member',
      allowed: (scene) => scene.ben.commit(remove(scene.seat(1)), remove(scene.link), remove(path(scene, 0))),
    },
    {
      attack: 'at a free seat, by a guest',
      given: linked(() => ({ ben: lapsedSeatOf('ben') })),
      refused: (scene) => scene.carl.remove(path(scene, 0)),
      twin: 'at a free seat, by the member who takes it and sweeps',
      allowed: (scene) =>
        scene.carl.commit(set(scene.seat(1), seatOf('carl')), remove(path(scene, 0)), remove(scene.link)),
    },
    {
      attack: 'a missing one, without signing in',
      given: linked(),
      refused: (scene) => scene.stranger.remove(path(scene, 5)),
      twin: 'a missing one: nothing happens',
      allowed: (scene) => scene.anna.remove(path(scene, 5)),
    },
  ]);
}
