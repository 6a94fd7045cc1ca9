import { Commits } from '../support/network';
import type { Person } from '../support/person';
import { expect, test } from '../support/test';
import { within } from '../../tools/patience.mjs';
import { pass } from '../support/time';

/** Firestore operations that a call may cost both members together, from creating it until both are connected. */
const budget = { writes: 6, reads: 12 };
/** Time in which only renewals of leases may be written, in ms. */
const minute = 60_000;

/** What the two have written besides renewals and the offers that wait for a third person. */
const beyondStanding = (...all: readonly Commits[]): readonly string[] =>
  all.flatMap(({ beyondRenewals }) => beyondRenewals).filter((path) => !isStanding(path));
const isStanding = (path: string): boolean => /\/seats\/2\/links\/[^/]+$/.test(path);
const standing = ({ paths }: Commits): number => paths.filter(isStanding).length;

test.describe('the signaling of a call between two', () => {
  test(
    'stays within its budget, then writes nothing but renewals',
    { tag: '@waiting' },
    async ({ person }) => {
      test.setTimeout(within(150_000));
      const [ada, ben] = await Promise.all([person('Ada'), person('Ben')]);
      const [ofAda, ofBen] = [new Commits(ada.page), new Commits(ben.page)];
      await ada.startCall();
      await ben.join(ada.link);
      await Promise.all([ada.reads('Connected'), ben.reads('Connected')]);
      const quiet = pass(minute);

      const written = ofAda.writes + ofBen.writes - standing(ofAda) - standing(ofBen);
      expect(written).toBeGreaterThanOrEqual(4);
      expect(written).toBeLessThanOrEqual(budget.writes);
      const { reads } = await totalCost(ada, ben);
      expect(reads).toBeGreaterThanOrEqual(3);
      // Each offer to a third person is followed.
      expect(reads).toBeLessThanOrEqual(budget.reads + standing(ofAda) + standing(ofBen));

      const before = beyondStanding(ofAda, ofBen);

      // The pictures don't matter here, and cameras take processor time from other tests.
      await ada.turn('Camera', false);
      await ben.turn('Camera', false);
      await quiet;
      expect(beyondStanding(ofAda, ofBen)).toEqual(before);
      // Each offers a third person a link, once.
      for (const commits of [ofAda, ofBen]) expect(standing(commits)).toBeLessThanOrEqual(1);
      await ada.hears(ben);
      await expect
        .poll(async () => (await totalCost(ada, ben)).writes, { message: 'writes, as the panels count them' })
        .toBe(ofAda.writes + ofBen.writes);
    },
  );

  test('stays within its budget with many and late candidates', async ({ person }) => {
    const [ada, ben] = await Promise.all([
      person('Ada', { before: { script: gatherManyCandidates, argument: 40 } }),
      // He is still gathering when he joins, so that his answer isn't complete either.
      person('Ben', { before: { script: gatherManyCandidates, argument: 100 } }),
    ]);
    const [ofAda, ofBen] = [new Commits(ada.page), new Commits(ben.page)];
    await ada.startCall();
    // Candidates that were too late for the offer are published together, before Ben joins.
    await expect.poll(() => ofAda.paths.filter((path) => path.includes('Candidates/')).length).toBe(1);
    await ben.join(ada.link);
    await Promise.all([ada.reads('Connected'), ben.reads('Connected')]);
    await Promise.all([ada.sees(ben), ben.sees(ada)]);
    // Everything has arrived when both have gathered all their candidates.
    await Promise.all(
      [ada, ben].map(({ page }) => page.waitForFunction(() => Reflect.get(globalThis, 'gathered') === true)),
    );
    const { writes, reads } = await totalCost(ada, ben);
    // The offers to a third person have as many candidates, which are one write more for each, or two on a slow machine.
    const others = [ofAda, ofBen].flatMap(({ paths }) => paths.filter((path) => path.includes('/seats/2/')));
    const all = [...ofAda.paths, ...ofBen.paths].join('\n');
    expect(others.length, all).toBeLessThanOrEqual(6);
    expect(writes - others.length, all).toBeLessThanOrEqual(budget.writes);
    expect(reads).toBeLessThanOrEqual(budget.reads + others.length);
  });
});

/** What the two have spent, according to their statistics panels. */
async function totalCost(...people: readonly Person[]): Promise<{ writes: number; reads: number }> {
  const [ada, ben] = await Promise.all(people.map(costOf));
  return { writes: ada!.writes + ben!.writes, reads: ada!.reads + ben!.reads };
}

async function costOf(person: Person): Promise<{ writes: number; reads: number }> {
  const cost = (operation: string) => person.panel.locator(`[data-cost=${operation}]`);
  if ((await cost('writes').count()) === 0) await person.choose('Statistics');
  return {
    writes: Number(await cost('writes').textContent()),
    reads: Number(await cost('reads').textContent()),
  };
}

/**
 * Runs in the page: adds forty candidates to the real ones, most of them later than the description waits for. Remote
 * candidates take effect half a second late, so that nothing is saved by connecting before the database has responded.
 *
 * @param every interval between the additional candidates, in ms
 */
function gatherManyCandidates(every: number): void {
  const more = 40;
  const Real = RTCPeerConnection;
  globalThis.RTCPeerConnection = class extends Real {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      const added: string[] = [];
      let held = false;
      let ended = false;
      Object.defineProperties(this, {
        localDescription: {
          get: (): Pick<RTCSessionDescription, 'type' | 'sdp'> | null => {
            const real = super.localDescription;
            return real && { type: real.type, sdp: real.sdp + added.map((line) => `a=${line}\r\n`).join('') };
          },
        },
        iceGatheringState: {
          get: (): RTCIceGatheringState =>
            super.iceGatheringState === 'complete' && !ended ? 'gathering' : super.iceGatheringState,
        },
      });
      this.addEventListener('icecandidate', (event) => {
        if (event.candidate !== null || !event.isTrusted) return;
        // Gathering ends after the last of ours.
        event.stopImmediatePropagation();
        if (held) return;
        held = true;
        const timer = setInterval(() => {
          const count = added.length;
          ended = count === more;
          const line = `candidate:${9_000 + count} 1 udp 1 127.0.0.1 ${20_000 + count} typ host`;
          const candidate = ended
            ? null
            : new RTCIceCandidate({ candidate: line, sdpMid: '0', sdpMLineIndex: 0 });
          if (candidate) added.push(line);
          this.dispatchEvent(new RTCPeerConnectionIceEvent('icecandidate', { candidate }));
          if (!ended) return;
          clearInterval(timer);
          Reflect.set(globalThis, 'gathered', true);
        }, every);
      });
    }

    override async addIceCandidate(candidate?: RTCIceCandidateInit | null): Promise<void> {
      await new Promise((resolve) => setTimeout(resolve, 500));
      await super.addIceCandidate(candidate);
    }
  };
}
