import { DAY, RENEWAL, type Design, type Operations } from './formula';
import { Lobby, type Person } from './lobbies';
import { Tally, type Place } from './store';

/** Everyone arrives within this time, one after the other, and leaves within the same time at the end; in s. */
const ARRIVING = RENEWAL.mean;
/** Time until everyone has seen everyone, in s. */
const SETTLING = 120;

/** The counted operations, and those of a day. */
export interface Simulated {
  readonly design: Design;
  readonly people: number;
  /**
   * How long everyone was there during counting, in s of simulated time; if all eight hours were simulated, this is
   * their whole length.
   */
  readonly window: number;
  readonly arriving: Operations;
  readonly during: Operations;
  readonly leaving: Operations;
  /** `during` scaled to the rest of eight hours, plus arriving and leaving. */
  readonly day: Operations;
}

interface Stay {
  readonly person: Person;
  readonly comes: number;
  renews: number;
  looks: number | undefined;
}

/**
 * Simulates people who come to a lobby, stay and leave, with a clock of its own. Each scheduled event is really carried
 * out, and the clock is then set to its scheduled time.
 *
 * @param window how long to count while everyone is there, in s; limited to what remains of eight hours
 */
export async function simulate(
  place: Place,
  design: Design,
  people: number,
  window: number,
): Promise<Simulated> {
  const random = generator(people);
  const tally = new Tally();
  const lobby = await Lobby.make(place, tally);
  const stays = Array.from({ length: people }, () => ({ comes: random() * ARRIVING }))
    .sort((a, b) => a.comes - b.comes)
    .map(({ comes }, index): Stay => {
      const person = lobby.person(design, index);
      return { person, comes, renews: Infinity, looks: undefined };
    });
  const renewal = () => RENEWAL.least + random() * (RENEWAL.most - RENEWAL.least);

  const present = new Set<Stay>();
  /** Carries out everything due before a time, in order. `moves` are arrivals and departures with their times. */
  const until = async (end: number, ...moves: readonly (readonly [number, () => Promise<unknown>])[]) => {
    const waiting = [...moves];
    for (;;) {
      const due = next(present, waiting[0], end);
      if (!due) return;
      if (due.kind === 'move') await waiting.shift()![1]();
      if (due.kind === 'renewal') {
        due.stay.renews += renewal();
        await due.stay.person.renew();
      }
      if (due.kind === 'look') {
        await due.stay.person.look();
        due.stay.looks = undefined;
      }
      for (const stay of present) {
        const after = stay.person.lookAfter;
        if (after === undefined) stay.looks = undefined;
        else stay.looks ??= due.at + after;
      }
    }
  };

  try {
    await until(ARRIVING + SETTLING, ...stays.map((stay) => [stay.comes, () => arrive(stay)] as const));
    const arriving = tally.take();
    const rest = DAY - ARRIVING - SETTLING;
    const counted = Math.min(window, rest);
    const end = ARRIVING + SETTLING + counted;
    await until(end);
    const during = tally.take();
    await until(Infinity, ...stays.map((stay) => [end + stay.comes, () => leave(stay)] as const));
    const leaving = tally.take();
    const day = sum(arriving, scaled(during, rest / counted), leaving);
    return { design, people, window: counted, arriving, during, leaving, day };
  } finally {
    await Promise.all(stays.map(({ person }) => person.end()));
  }

  async function arrive(stay: Stay): Promise<void> {
    await stay.person.open();
    await stay.person.appear();
    stay.renews = stay.comes + renewal();
    present.add(stay);
  }

  async function leave(stay: Stay): Promise<void> {
    present.delete(stay);
    await stay.person.leave();
  }
}

type Due =
  | { readonly kind: 'move'; readonly at: number }
  | { readonly kind: 'renewal' | 'look'; readonly at: number; readonly stay: Stay };

/** The first event before a time, if there is one. */
function next(
  present: ReadonlySet<Stay>,
  move: readonly [number, unknown] | undefined,
  end: number,
): Due | undefined {
  let first: Due | undefined = move && move[0] < end ? { kind: 'move', at: move[0] } : undefined;
  for (const stay of present) {
    if (stay.renews < (first?.at ?? end)) first = { kind: 'renewal', at: stay.renews, stay };
    if ((stay.looks ?? Infinity) < (first?.at ?? end)) first = { kind: 'look', at: stay.looks!, stay };
  }
  return first;
}

const scaled = ({ reads, writes, deletes }: Operations, factor: number): Operations => ({
  reads: reads * factor,
  writes: writes * factor,
  deletes: deletes * factor,
});

const sum = (...all: readonly Operations[]): Operations => ({
  reads: Math.round(all.reduce((total, { reads }) => total + reads, 0)),
  writes: Math.round(all.reduce((total, { writes }) => total + writes, 0)),
  deletes: Math.round(all.reduce((total, { deletes }) => total + deletes, 0)),
});

/** Numbers from 0 to 1, the same in each run (mulberry32). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
