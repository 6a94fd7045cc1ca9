import { Apart, connectionsOf, diaryOf, endConnectionsOf, openConnectionsOf } from './apart';
import { memory, watchMemory, type Memory } from './memory';
import { seeAndHearEachOther, type Person } from './person';
import { pass } from './time';

/** Interval between breaks, in ms. */
const EVERY = 20_000;
/** Minimum number of breaks, however slow the machine. */
const LEAST = 3;
/** Number of breaks after which everything that is created only once exists. */
const SETTLED_AFTER = 1;

/** The kinds of breaks, which take turns. Each resolves at the end of the break. */
const BREAKS: readonly ((apart: Apart) => Promise<void>)[] = [
  // Heals by itself, or by a restart over the control channel.
  (apart) => cut(apart, 'everything', 3_000),
  // Long enough for the restart to go through the document.
  (apart) => cut(apart, 'peers', 7_000),
  // A cable unplugged for a moment: the browser reports a network change.
  async ({ network }) => {
    network.plug('b', 0, false);
    await pass(2_000);
    network.plug('b', 0, true);
  },
  // Can only be healed by a new connection.
  ({ people: [ada] }) => endConnectionsOf(ada),
];

export interface Soaked {
  readonly breaks: number;
  readonly people: readonly {
    readonly name: string;
    /** Connections created in total, and open at the end. */
    readonly connections: { readonly made: number; readonly open: number };
    readonly early: Memory;
    readonly late: Memory;
  }[];
}

/** How much the objects and strings of a page may grow per break, in bytes. */
const PER_BREAK = 30_000;

/** Problems after a soak: more or fewer open connections than one, or a growing heap. */
export const complaints = ({ breaks, people }: Soaked): readonly string[] =>
  people.flatMap(({ name, connections, early, late }) => {
    const growth = (late.objects - early.objects) / breaks;
    return [
      ...(connections.open === 1 ? [] : [`${name} has ${connections.open} connections open at the end.`]),
      ...(growth < PER_BREAK ? [] : [`${name}'s page grows by ${growth.toFixed(0)} bytes per break.`]),
    ];
  });

/**
 * A call between two people in network namespaces. It breaks every 20 s in one of four ways and must heal each time. If
 * it does not, this rejects with the log of all connections.
 *
 * @param duration in ms
 */
export async function soak(apart: Apart, duration: number, tell: (line: string) => void): Promise<Soaked> {
  const { people } = apart;
  const [ada, ben] = people;
  await ada.startCall();
  await ben.join(ada.link);
  await seeAndHearEachOther(ada, ben);
  const devtools = await Promise.all(people.map(({ page }) => watchMemory(page)));
  const look = () => Promise.all(devtools.map(memory));
  let early = await look();
  let breaks = 0;
  const begun = Date.now();
  while (breaks < LEAST || Date.now() - begun < duration) {
    const broken = Date.now();
    const kind = breaks++ % BREAKS.length;
    await BREAKS[kind]!(apart);
    const ended = Date.now();
    try {
      await healed(ada, ben);
    } catch (error) {
      const diaries = (await Promise.all(people.map(diaryOf))).join('\n');
      throw new Error(`Break ${breaks}, kind ${kind}, did not heal.\n${diaries}`, { cause: error });
    }
    tell(`break ${breaks}, kind ${kind}: ${Date.now() - ended} ms after its end`);
    if (breaks === SETTLED_AFTER) early = await look();
    await pass(Math.max(0, broken + EVERY - Date.now()));
  }
  await seeAndHearEachOther(ada, ben);
  const late = await look();
  return {
    breaks,
    people: await Promise.all(
      people.map(async (person, index) => ({
        name: person.name,
        connections: { made: await connectionsOf(person), open: await openConnectionsOf(person) },
        early: early[index]!,
        late: late[index]!,
      })),
    ),
  };
}

async function cut({ network }: Apart, what: 'everything' | 'peers', time: number): Promise<void> {
  network.cut(what);
  await pass(time);
  network.mend();
}

/** Both show that they are connected, and show frames that arrived after the break. */
async function healed(ada: Person, ben: Person): Promise<void> {
  // A broken connection is shown after two seconds.
  await pass(2_500);
  await Promise.all([ada.reads('Connected'), ben.reads('Connected')]);
  await seeAndHearEachOther(ada, ben);
}
