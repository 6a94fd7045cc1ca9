import { increment } from 'firebase/firestore';

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
  sealed,
  sealedRows,
  seatOf,
  SECOND,
  set,
  timestampRows,
  update,
  without,
  type Attack,
  type Fields,
  type Scene,
} from './fixture';

interface Differences {
  readonly call?: Fields;
  readonly anna?: Fields;
  /** Seat 1; free if absent. */
  readonly ben?: Fields;
  /** Differences in the link; `null`: no link. */
  readonly link?: Fields | null;
}

/** Anna sits at seat 0 and has published an offer at seat 1. */
const offered =
  (differences: () => Differences = () => ({})) =>
  (scene: Scene) => {
    const { call = {}, anna = seatOf('anna'), ben, link = {} } = differences();
    return scene.given(
      [scene.call, callBy('anna', call)],
      [scene.seat(0), anna],
      ...(ben ? [[scene.seat(1), ben] as const] : []),
      ...(link ? [[scene.link, offerFrom('anna', 0, link)] as const] : []),
    );
  };

const seated = offered(() => ({ ben: seatOf('ben') }));
const answered = offered(() => ({ ben: seatOf('ben'), link: { answer: sealed(50) } }));
const provisionallyAnswered = offered(() => ({ link: provisional() }));
const unoffered = offered(() => ({ link: null }));

const answer = () => ({ answer: sealed(50) });
/** Of a callee. */
const provisional = () => ({ pranswer: sealed(50) });
const links = (scene: Scene) => `${scene.seat(1)}/links`;

attacks('reading links', [
  {
    attack: 'one at a free seat without signing in',
    given: offered(),
    refused: (scene) => scene.stranger.get(scene.link),
    twin: 'one at a free seat, by a guest who may take it',
    allowed: (scene) => scene.carl.get(scene.link),
  },
  {
    attack: 'all at a free seat without signing in',
    given: offered(),
    refused: (scene) => scene.stranger.list(links(scene)),
    twin: 'all at a free seat, by a guest who may take it',
    allowed: (scene) => scene.carl.list(links(scene)),
  },
  {
    attack: 'one at a taken seat, by an uninvited reader',
    given: seated,
    refused: (scene) => scene.carl.get(scene.link),
    twin: "by the seat's holder",
    allowed: (scene) => scene.ben.get(scene.link),
  },
  {
    attack: 'all at a taken seat, by an uninvited reader',
    given: seated,
    refused: (scene) => scene.carl.list(links(scene)),
    twin: "by the seat's holder",
    allowed: (scene) => scene.ben.list(links(scene)),
  },
  {
    attack: 'all at a taken seat, by a member who offered there',
    given: seated,
    refused: (scene) => scene.anna.list(links(scene)),
    twin: 'only the offered one',
    allowed: (scene) => scene.anna.get(scene.link),
  },
  {
    attack: 'guessing a link id at a taken seat',
    given: seated,
    refused: (scene) => scene.carl.get(scene.linkTo(1, randomId(16))),
    twin: 'guessing one at a free seat, where all may be listed anyway',
    allowed: async (scene) => {
      await scene.ben.remove(scene.seat(1));
      await scene.carl.get(scene.linkTo(1, randomId(16)));
    },
  },
  {
    attack: 'by the previous holder of the seat',
    given: seated,
    refused: async (scene) => {
      await scene.given([scene.seat(1), seatOf('carl')]);
      await scene.ben.get(scene.link);
    },
    twin: 'by any user once the lease has expired',
    allowed: async (scene) => {
      await scene.given([scene.seat(1), lapsedSeatOf('carl')]);
      await scene.ben.get(scene.link);
    },
  },
]);

attacks('offering', [
  {
    attack: 'without signing in',
    given: unoffered,
    refused: (scene) => scene.stranger.set(scene.link, offerFrom('anna', 0)),
    twin: 'from a seat',
    allowed: (scene) => scene.anna.set(scene.link, offerFrom('anna', 0)),
  },
  {
    attack: 'without a seat',
    given: unoffered,
    refused: (scene) => scene.carl.set(scene.link, offerFrom('carl', 0)),
    twin: "from one's own seat",
    allowed: async (scene) => {
      await scene.given([scene.seat(0), seatOf('carl')]);
      await scene.carl.set(scene.link, offerFrom('carl', 0));
    },
  },
  {
    attack: "in another user's name",
    given: unoffered,
    refused: (scene) => scene.carl.set(scene.link, offerFrom('anna', 0)),
    twin: "in one's own name",
    allowed: (scene) => scene.anna.set(scene.link, offerFrom('anna', 0)),
  },
  {
    attack: 'from a seat whose lease has expired',
    given: offered(() => ({ anna: lapsedSeatOf('anna'), link: null })),
    refused: (scene) => scene.anna.set(scene.link, offerFrom('anna', 0)),
    twin: 'renewing it in the same commit',
    allowed: (scene) =>
      scene.anna.commit(
        update(scene.seat(0), { lease: ahead(MINUTE) }),
        set(scene.link, offerFrom('anna', 0)),
      ),
  },
  {
    attack: 'from a seat that does not exist',
    given: unoffered,
    refused: (scene) => scene.anna.set(scene.link, offerFrom('anna', 7)),
    twin: 'from one that does',
    allowed: (scene) => scene.anna.set(scene.link, offerFrom('anna', 0)),
  },
  {
    attack: 'from a seat given up in the same commit',
    given: unoffered,
    refused: (scene) => scene.anna.commit(remove(scene.seat(0)), set(scene.link, offerFrom('anna', 0))),
    twin: 'from a seat taken again in the same commit',
    allowed: (scene) =>
      scene.anna.commit(set(scene.seat(0), seatOf('anna')), set(scene.link, offerFrom('anna', 0))),
  },
  {
    attack: 'to oneself',
    given: unoffered,
    refused: (scene) => scene.anna.set(scene.linkTo(0, scene.linkId), offerFrom('anna', 0)),
    twin: 'to another seat',
    allowed: (scene) => scene.anna.set(scene.linkTo(1, scene.linkId), offerFrom('anna', 0)),
  },
  ...['2', '01', '-1', 'a'].map((n) => ({
    attack: `to a seat called ${n} in a call of two`,
    given: unoffered,
    refused: (scene: Scene) => scene.anna.set(scene.linkTo(n, scene.linkId), offerFrom('anna', 0)),
    twin: `to seat 1, not ${n}`,
    allowed: (scene: Scene) => scene.anna.set(scene.linkTo('1', scene.linkId), offerFrom('anna', 0)),
  })),
  ...[randomId(15), randomId(17), `${randomId(15)}l`, `${randomId(15)}A`].map((id) => ({
    attack: `under the id ${id}`,
    given: unoffered,
    refused: (scene: Scene) => scene.anna.set(scene.linkTo(1, id), offerFrom('anna', 0)),
    twin: `under an id of the right form, not ${id}`,
    allowed: (scene: Scene) => scene.anna.set(scene.linkTo(1, randomId(16)), offerFrom('anna', 0)),
  })),
  {
    attack: 'in an expired call',
    given: offered(() => ({ call: { expiresAt: ahead(-SECOND) }, link: null })),
    refused: (scene) => scene.anna.set(scene.link, offerFrom('anna', 0)),
    twin: 'in a closed one: members may still create links',
    allowed: async (scene) => {
      await scene.given([scene.call, callBy('anna', { open: false })]);
      await scene.anna.set(scene.link, offerFrom('anna', 0));
    },
  },
  {
    attack: 'in a deleted call',
    given: (scene) => scene.given([scene.seat(0), seatOf('anna')]),
    refused: (scene) => scene.anna.set(scene.link, offerFrom('anna', 0)),
    twin: 'in one that exists',
    allowed: async (scene) => {
      await scene.given([scene.call, callBy('anna')]);
      await scene.anna.set(scene.link, offerFrom('anna', 0));
    },
  },
]);

const expiry = timestampRows('expiresAt', 24 * HOUR);
const offer = sealedRows('offer', 16_384);
fields('the fields of a link', {
  given: unoffered,
  write: (scene, change) => scene.anna.set(scene.link, change(offerFrom('anna', 0))),
  allowed: [...expiry.allowed, ...offer.allowed],
  refused: [
    ['an extra key', patch(() => ({ urgent: true }))],
    ...['from', 'fromSeat', 'revision', 'pranswer', 'answer'].map(
      (name) => [`${name} missing`, missing(name)] as const,
    ),
    ...expiry.refused,
    ...offer.refused,
    ['from as a number', patch(() => ({ from: 0 }))],
    ['fromSeat as a string', patch(() => ({ fromSeat: '0' }))],
    ['fromSeat as a fraction', patch(() => ({ fromSeat: 0.5 }))],
    ['fromSeat below zero', patch(() => ({ fromSeat: -1 }))],
    ['revision 0', patch(() => ({ revision: 0 }))],
    ['revision 2', patch(() => ({ revision: 2 }))],
    ['revision as a string', patch(() => ({ revision: '1' }))],
    ['revision as a fraction', patch(() => ({ revision: 1.5 }))],
    ['answered by the offerer', patch(answer)],
    ['an answer that is not bytes', patch(() => ({ answer: '' }))],
    ['provisionally answered by the offerer', patch(provisional)],
    ['a provisional answer that is not bytes', patch(() => ({ pranswer: '' }))],
  ],
});

const next = (change: Fields = {}): Fields => ({
  revision: 2,
  offer: sealed(50),
  pranswer: null,
  answer: null,
  ...change,
});

attacks('offering again', [
  {
    attack: 'without signing in',
    given: answered,
    refused: (scene) => scene.stranger.update(scene.link, next()),
    twin: 'by the offerer',
    allowed: (scene) => scene.anna.update(scene.link, next()),
  },
  {
    attack: "role swap: by the seat's holder",
    given: answered,
    refused: (scene) => scene.ben.update(scene.link, next()),
    twin: 'by the offerer, with a later expiresAt',
    allowed: (scene) => scene.anna.update(scene.link, next({ expiresAt: ahead(20 * HOUR) })),
  },
  {
    attack: 'by another user',
    given: answered,
    refused: (scene) => scene.carl.update(scene.link, next()),
    twin: 'by the offerer, before there was an answer',
    allowed: async (scene) => {
      await scene.given([scene.link, offerFrom('anna', 0)]);
      await scene.anna.update(scene.link, next());
    },
  },
  {
    attack: "by the next holder of the offerer's seat",
    given: answered,
    refused: async (scene) => {
      await scene.given([scene.seat(0), seatOf('carl')]);
      await scene.carl.update(scene.link, next());
    },
    twin: 'in a link of their own',
    allowed: async (scene) => {
      await scene.given([scene.seat(0), seatOf('carl')]);
      await scene.carl.set(scene.linkTo(1, randomId(16)), offerFrom('carl', 0));
    },
  },
  ...(
    [
      ['the same revision', () => next({ revision: 1 })],
      ['a revision skipped', () => next({ revision: 3 })],
      ['an earlier revision', () => next({ revision: 0 })],
      ['a revision that is not an integer', () => next({ revision: 2.5 })],
      ['a revision as a string', () => next({ revision: '2' })],
      // 1 + 1.0000000000000002 is 2 as a float.
      ['a revision as a whole float', () => next({ revision: increment(1 + Number.EPSILON) })],
      ['the answer kept', () => without(next(), 'answer')],
      ['an answer of its own', () => next(answer())],
      ['a provisional answer of its own', () => next(provisional())],
      ['another name', () => next({ from: 'ben' })],
      ['another seat', () => next({ fromSeat: 3 })],
      ['an extra key', () => next({ urgent: true })],
      ['an offer too large', () => next({ offer: sealed(16_385) })],
      ['an offer as a string', () => next({ offer: 'v=0' })],
      ['expiresAt too far ahead', () => next({ expiresAt: ahead(25 * HOUR) })],
    ] as const
  ).map(([what, change]): Attack => ({
    attack: `with ${what}`,
    given: answered,
    refused: (scene) => scene.anna.update(scene.link, change()),
    twin: `a correct offer, not with ${what}`,
    allowed: (scene) => scene.anna.update(scene.link, next()),
  })),
  {
    attack: 'keeping the provisional answer',
    given: provisionallyAnswered,
    refused: (scene) => scene.anna.update(scene.link, without(next(), 'pranswer')),
    twin: 'removing the provisional answer',
    allowed: (scene) => scene.anna.update(scene.link, next()),
  },
  {
    attack: 'a revision replayed',
    given: answered,
    refused: async (scene) => {
      await scene.anna.update(scene.link, next());
      await scene.anna.update(scene.link, next());
    },
    twin: 'one revision after another',
    allowed: async (scene) => {
      await scene.anna.update(scene.link, next());
      await scene.anna.update(scene.link, next({ revision: 3 }));
    },
  },
  {
    attack: 'in an expired link',
    given: offered(() => ({ ben: seatOf('ben'), link: { expiresAt: ahead(-SECOND) } })),
    refused: (scene) => scene.anna.update(scene.link, next()),
    twin: 'in an expired link, with a new expiresAt',
    allowed: (scene) => scene.anna.update(scene.link, next({ expiresAt: ahead(HOUR) })),
  },
  {
    attack: 'after the seat was lost',
    given: answered,
    refused: async (scene) => {
      await scene.given([scene.seat(0), seatOf('carl')]);
      await scene.anna.update(scene.link, next());
    },
    twin: 'after coming back to it',
    allowed: async (scene) => {
      await scene.anna.set(scene.seat(0), seatOf('anna'));
      await scene.anna.update(scene.link, next());
    },
  },
  {
    attack: 'after the lease expired',
    given: offered(() => ({ anna: lapsedSeatOf('anna'), ben: seatOf('ben') })),
    refused: (scene) => scene.anna.update(scene.link, next()),
    twin: 'after renewing it',
    allowed: (scene) =>
      scene.anna.commit(update(scene.seat(0), { lease: ahead(MINUTE) }), update(scene.link, next())),
  },
  {
    attack: 'in an expired call',
    given: offered(() => ({ call: { expiresAt: ahead(-SECOND) }, ben: seatOf('ben') })),
    refused: (scene) => scene.anna.update(scene.link, next()),
    twin: 'in a closed one',
    allowed: async (scene) => {
      await scene.given([scene.call, callBy('anna', { open: false })]);
      await scene.anna.update(scene.link, next());
    },
  },
]);

attacks('answering', [
  {
    attack: 'without signing in',
    given: seated,
    refused: (scene) => scene.stranger.update(scene.link, answer()),
    twin: "by the seat's holder",
    allowed: (scene) => scene.ben.update(scene.link, answer()),
  },
  {
    attack: 'without taking the seat',
    given: offered(),
    refused: (scene) => scene.ben.update(scene.link, answer()),
    twin: 'taking it in the same commit',
    allowed: (scene) => scene.ben.commit(set(scene.seat(1), seatOf('ben')), update(scene.link, answer())),
  },
  {
    attack: 'by a third person, at the seat that was taken in between',
    given: seated,
    refused: (scene) => scene.carl.commit(set(scene.seat(1), seatOf('carl')), update(scene.link, answer())),
    twin: 'at the next free seat',
    allowed: async (scene) => {
      await scene.given(
        [scene.call, callBy('anna', { seats: 3 })],
        [scene.linkTo(2, scene.linkId), offerFrom('anna', 0)],
      );
      await scene.carl.commit(
        set(scene.seat(2), seatOf('carl')),
        update(scene.linkTo(2, scene.linkId), answer()),
      );
    },
  },
  {
    attack: 'by a member of another seat',
    given: seated,
    refused: async (scene) => {
      await scene.given([scene.seat(2), seatOf('carl')]);
      await scene.carl.update(scene.link, answer());
    },
    twin: 'by the holder of this one',
    allowed: (scene) => scene.ben.update(scene.link, answer()),
  },
  {
    attack: 'role swap: by the offerer',
    given: seated,
    refused: (scene) => scene.anna.update(scene.link, answer()),
    twin: 'by the member for whom the offer is',
    allowed: (scene) => scene.ben.update(scene.link, answer()),
  },
  {
    attack: 'over an answer',
    given: answered,
    refused: (scene) => scene.ben.update(scene.link, answer()),
    twin: 'again after the next offer',
    allowed: async (scene) => {
      await scene.anna.update(scene.link, next());
      await scene.ben.update(scene.link, answer());
    },
  },
  {
    attack: "over an answer, by the seat's next holder",
    given: answered,
    refused: async (scene) => {
      await scene.ben.remove(scene.seat(1));
      await scene.carl.commit(set(scene.seat(1), seatOf('carl')), update(scene.link, answer()));
    },
    twin: "over an answer, by the seat's next holder, after the next offer",
    allowed: async (scene) => {
      await scene.ben.remove(scene.seat(1));
      await scene.anna.update(scene.link, next());
      await scene.carl.commit(set(scene.seat(1), seatOf('carl')), update(scene.link, answer()));
    },
  },
  ...(
    [
      ['removing an answer', () => ({ answer: null, expiresAt: ahead(HOUR) })],
      ['an answer too large', () => ({ answer: sealed(16_385) })],
      ['an empty answer', () => ({ answer: sealed(0) })],
      ['an answer as a string', () => ({ answer: 'v=0' })],
      ['a changed offer', () => ({ ...answer(), offer: sealed(60) })],
      ['a changed offerer', () => ({ ...answer(), from: 'ben' })],
      ['a changed seat', () => ({ ...answer(), fromSeat: 1 })],
      ['a changed revision', () => ({ ...answer(), revision: 2 })],
      ['a later expiresAt', () => ({ ...answer(), expiresAt: ahead(HOUR) })],
      ['an extra key', () => ({ ...answer(), urgent: true })],
    ] as const
  ).map(([what, change]): Attack => ({
    attack: `with ${what}`,
    given: seated,
    refused: (scene) => scene.ben.update(scene.link, change()),
    twin: `of the largest size, not with ${what}`,
    allowed: (scene) => scene.ben.update(scene.link, { answer: sealed(16_384) }),
  })),
  {
    attack: 'after the lease expired',
    given: offered(() => ({ ben: lapsedSeatOf('ben') })),
    refused: (scene) => scene.ben.update(scene.link, answer()),
    twin: 'after renewing it',
    allowed: (scene) =>
      scene.ben.commit(update(scene.seat(1), { lease: ahead(MINUTE) }), update(scene.link, answer())),
  },
  {
    attack: 'while leaving the seat in the same commit',
    given: seated,
    refused: (scene) => scene.ben.commit(remove(scene.seat(1)), update(scene.link, answer())),
    twin: 'while renewing it in the same commit',
    allowed: (scene) =>
      scene.ben.commit(update(scene.seat(1), { lease: ahead(MINUTE) }), update(scene.link, answer())),
  },
  {
    attack: 'an offer that has expired',
    given: offered(() => ({ ben: seatOf('ben'), link: { expiresAt: ahead(-SECOND) } })),
    refused: (scene) => scene.ben.update(scene.link, answer()),
    twin: 'one that is about to expire',
    allowed: async (scene) => {
      await scene.given([scene.link, offerFrom('anna', 0, { expiresAt: ahead(MINUTE) })]);
      await scene.ben.update(scene.link, answer());
    },
  },
  {
    attack: 'in an expired call',
    given: offered(() => ({ call: { expiresAt: ahead(-SECOND) }, ben: seatOf('ben') })),
    refused: (scene) => scene.ben.update(scene.link, answer()),
    twin: 'in a closed one, by a member',
    allowed: async (scene) => {
      await scene.given([scene.call, callBy('anna', { open: false })]);
      await scene.ben.update(scene.link, answer());
    },
  },
  {
    attack: 'in a deleted call',
    given: (scene) => scene.given([scene.seat(1), seatOf('ben')], [scene.link, offerFrom('anna', 0)]),
    refused: (scene) => scene.ben.update(scene.link, answer()),
    twin: 'in one that exists',
    allowed: async (scene) => {
      await scene.given([scene.call, callBy('anna')]);
      await scene.ben.update(scene.link, answer());
    },
  },
]);

attacks('answering provisionally, as a callee', [
  {
    attack: 'without signing in',
    given: offered(),
    refused: (scene) => scene.stranger.update(scene.link, provisional()),
    twin: 'by any user who knows the call',
    allowed: (scene) => scene.ben.update(scene.link, provisional()),
  },
  {
    attack: 'role swap: by the offerer',
    given: offered(),
    refused: (scene) => scene.anna.update(scene.link, provisional()),
    twin: 'by the callee',
    allowed: (scene) => scene.ben.update(scene.link, provisional()),
  },
  {
    attack: "over another user's",
    given: provisionallyAnswered,
    refused: (scene) => scene.carl.update(scene.link, provisional()),
    twin: 'after the next offer',
    allowed: async (scene) => {
      await scene.anna.update(scene.link, next());
      await scene.carl.update(scene.link, provisional());
    },
  },
  {
    attack: 'over one’s own',
    given: provisionallyAnswered,
    refused: (scene) => scene.ben.update(scene.link, provisional()),
    twin: 'with the answer itself',
    allowed: (scene) => scene.ben.commit(set(scene.seat(1), seatOf('ben')), update(scene.link, answer())),
  },
  {
    attack: 'at a held seat',
    given: seated,
    refused: (scene) => scene.carl.update(scene.link, provisional()),
    twin: 'at one whose lease has expired',
    allowed: async (scene) => {
      await scene.given([scene.seat(1), lapsedSeatOf('ben')]);
      await scene.carl.update(scene.link, provisional());
    },
  },
  {
    attack: "in place of a former member's answer",
    given: offered(() => ({ link: answer() })),
    refused: (scene) => scene.carl.update(scene.link, provisional()),
    twin: 'after the next offer, not in its place',
    allowed: async (scene) => {
      await scene.anna.update(scene.link, next());
      await scene.carl.update(scene.link, provisional());
    },
  },
  ...(
    [
      ['removing it', () => ({ pranswer: null, expiresAt: ahead(HOUR) })],
      ['one too large', () => ({ pranswer: sealed(16_385) })],
      ['an empty one', () => ({ pranswer: sealed(0) })],
      ['one as a string', () => ({ pranswer: 'v=0' })],
      ['an answer beside it', () => ({ ...provisional(), ...answer() })],
      ['a changed offer', () => ({ ...provisional(), offer: sealed(60) })],
      ['a changed offerer', () => ({ ...provisional(), from: 'ben' })],
      ['a changed revision', () => ({ ...provisional(), revision: 2 })],
      ['a later expiresAt', () => ({ ...provisional(), expiresAt: ahead(HOUR) })],
      ['an extra key', () => ({ ...provisional(), urgent: true })],
    ] as const
  ).map(([what, change]): Attack => ({
    attack: `with ${what}`,
    given: offered(),
    refused: (scene) => scene.ben.update(scene.link, change()),
    twin: `of the largest size, not with ${what}`,
    allowed: (scene) => scene.ben.update(scene.link, { pranswer: sealed(16_384) }),
  })),
  {
    attack: 'an offer that has expired',
    given: offered(() => ({ link: { expiresAt: ahead(-SECOND) } })),
    refused: (scene) => scene.ben.update(scene.link, provisional()),
    twin: 'one that is about to expire',
    allowed: async (scene) => {
      await scene.given([scene.link, offerFrom('anna', 0, { expiresAt: ahead(MINUTE) })]);
      await scene.ben.update(scene.link, provisional());
    },
  },
  {
    attack: 'in a closed call',
    given: offered(() => ({ call: { open: false } })),
    refused: (scene) => scene.ben.update(scene.link, provisional()),
    twin: 'in one opened again',
    allowed: async (scene) => {
      await scene.anna.update(scene.call, { open: true });
      await scene.ben.update(scene.link, provisional());
    },
  },
  {
    attack: 'in an expired call',
    given: offered(() => ({ call: { expiresAt: ahead(-SECOND) } })),
    refused: (scene) => scene.ben.update(scene.link, provisional()),
    twin: 'in one about to',
    allowed: async (scene) => {
      await scene.given([scene.call, callBy('anna', { expiresAt: ahead(MINUTE) })]);
      await scene.ben.update(scene.link, provisional());
    },
  },
  {
    attack: 'in a deleted call',
    given: (scene) => scene.given([scene.link, offerFrom('anna', 0)]),
    refused: (scene) => scene.ben.update(scene.link, provisional()),
    twin: 'in one that exists',
    allowed: async (scene) => {
      await scene.given([scene.call, callBy('anna')]);
      await scene.ben.update(scene.link, provisional());
    },
  },
]);

attacks('deleting a link', [
  {
    attack: 'without signing in',
    given: seated,
    refused: (scene) => scene.stranger.remove(scene.link),
    twin: 'by the offerer',
    allowed: (scene) => scene.anna.remove(scene.link),
  },
  {
    attack: 'by a user without part in it',
    given: seated,
    refused: (scene) => scene.carl.remove(scene.link),
    twin: "by the seat's holder",
    allowed: (scene) => scene.ben.remove(scene.link),
  },
  {
    attack: 'at a free seat, by a guest who might take it',
    given: offered(),
    refused: (scene) => scene.carl.remove(scene.link),
    twin: 'at a free seat, by a user who takes it in the same commit, after a crash',
    allowed: (scene) => scene.carl.commit(set(scene.seat(1), seatOf('carl')), remove(scene.link)),
  },
  {
    attack: 'by the previous holder of the seat',
    given: seated,
    refused: async (scene) => {
      await scene.given([scene.seat(1), seatOf('carl')]);
      await scene.ben.remove(scene.link);
    },
    twin: 'by the member who leaves the seat in the same commit',
    allowed: (scene) => scene.ben.commit(remove(scene.link), remove(scene.seat(1))),
  },
  {
    attack: 'by the host without part in it',
    given: (scene) =>
      scene.given(
        [scene.call, callBy('dora', { seats: 3 })],
        [scene.seat(1), seatOf('ben')],
        [scene.link, offerFrom('anna', 0)],
      ),
    refused: (scene) => scene.as('dora').remove(scene.link),
    twin: 'by the offerer, who has lost the seat',
    allowed: (scene) => scene.anna.remove(scene.link),
  },
  {
    attack: 'at a seat whose lease has expired, by a guest',
    given: offered(() => ({ ben: lapsedSeatOf('ben') })),
    refused: (scene) => scene.carl.remove(scene.link),
    twin: 'at a seat whose lease has expired, by its former holder who leaves',
    allowed: (scene) => scene.ben.commit(remove(scene.link), remove(scene.seat(1))),
  },
  {
    attack: 'a missing one, without signing in',
    given: offered(() => ({ link: null })),
    refused: (scene) => scene.stranger.remove(scene.link),
    twin: 'one that the peer has already deleted: nothing happens',
    allowed: (scene) => scene.anna.commit(remove(scene.link), remove(scene.seat(0))),
  },
]);
