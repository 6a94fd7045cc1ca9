import { Commits } from '../support/network';
import type { Person } from '../support/person';
import { expect, test } from '../support/test';
import { within } from '../../tools/patience.mjs';
import { pass } from '../support/time';

/** Firestore operations that a call may cost its two members together, from making it to both connected. */
const budget = { writes: 6, reads: 12 };
/** In this time nothing may be written but renewals of leases, ms. */
const minute = 60_000;

test.describe('the signaling of a call between two', () => {
  test('stays within its budget, and falls silent', { tag: '@waiting' }, async ({ person }) => {
    test.setTimeout(within(150_000));
    const [ada, ben] = await Promise.all([person('Ada'), person('Ben')]);
    const [ofAda, ofBen] = [new Commits(ada.page), new Commits(ben.page)];
    await ada.startCall();
    await ben.join(ada.link);
    await Promise.all([ada.reads('Connected'), ben.reads('Connected')]);
    const quiet = pass(minute);

    const shown = await shownTogether(ada, ben);
    expect(shown.writes).toBe(ofAda.writes + ofBen.writes);
    expect(shown.writes).toBeGreaterThanOrEqual(4);
    expect(shown.writes).toBeLessThanOrEqual(budget.writes);
    expect(shown.reads).toBeGreaterThanOrEqual(3);
    expect(shown.reads).toBeLessThanOrEqual(budget.reads);

    const before = [...ofAda.beyondRenewals, ...ofBen.beyondRenewals];

    // Cameras have nothing to do with it, and take what other tests can use.
    await ada.turn('Camera', false);
    await ben.turn('Camera', false);
    await quiet;
    expect([...ofAda.beyondRenewals, ...ofBen.beyondRenewals]).toEqual(before);
    await ada.hears(ben);
  });

  test('stays within its budget however many candidates there are, late ones too', async ({ person }) => {
    const [ada, ben] = await Promise.all([
      person('Ada', { before: { script: gatherManyCandidates, argument: 40 } }),
      // Still at it when he joins, so that his answer is not complete either.
      person('Ben', { before: { script: gatherManyCandidates, argument: 100 } }),
    ]);
    const [ofAda, ofBen] = [new Commits(ada.page), new Commits(ben.page)];
    await ada.startCall();
    // Those that were too late for the offer wait for Ben together.
    await expect.poll(() => ofAda.paths.filter((path) => path.includes('Candidates/')).length).toBe(1);
    await ben.join(ada.link);
    await Promise.all([ada.reads('Connected'), ben.reads('Connected')]);
    await Promise.all([ada.sees(ben), ben.sees(ada)]);
    // All that is to come has come when both have gathered everything.
    await Promise.all(
      [ada, ben].map(({ page }) => page.waitForFunction(() => Reflect.get(globalThis, 'gathered') === true)),
    );
    const { writes, reads } = await shownTogether(ada, ben);
    expect(writes, [...ofAda.paths, ...ofBen.paths].join('\n')).toBeLessThanOrEqual(budget.writes);
    expect(reads).toBeLessThanOrEqual(budget.reads);
  });
});

/** What the two have spent, as their statistics panels say. */
async function shownTogether(...people: readonly Person[]): Promise<{ writes: number; reads: number }> {
  const [ada, ben] = await Promise.all(people.map(shownTo));
  return { writes: ada!.writes + ben!.writes, reads: ada!.reads + ben!.reads };
}

async function shownTo(person: Person): Promise<{ writes: number; reads: number }> {
  const cost = (operation: string) => person.panel.locator(`[data-cost=${operation}]`);
  if ((await cost('writes').count()) === 0) await person.choose('Statistics');
  return {
    writes: Number(await cost('writes').textContent()),
    reads: Number(await cost('reads').textContent()),
  };
}

/**
 * Runs in the page: beside the real candidates come forty more, most of them later than the description waits for; and the
 * way takes half a second to be found, so that nothing is saved by being connected before the database has answered.
 *
 * @param every ms
 */
function gatherManyCandidates(every: number): void {
  const more = 40;
  const Real = RTCPeerConnection;
  globalThis.RTCPeerConnection = class extends Real {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      let held = false;
      this.addEventListener('icecandidate', (event) => {
        if (event.candidate !== null || !event.isTrusted) return;
        // Gathering ends when the last of ours is out.
        event.stopImmediatePropagation();
        if (held) return;
        held = true;
        let count = 0;
        const timer = setInterval(() => {
          const candidate =
            count < more
              ? new RTCIceCandidate({
                  candidate: `candidate:${9_000 + count} 1 udp 1 127.0.0.1 ${20_000 + count} typ host`,
                  sdpMid: '0',
                  sdpMLineIndex: 0,
                })
              : null;
          this.dispatchEvent(new RTCPeerConnectionIceEvent('icecandidate', { candidate }));
          if (count++ < more) return;
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
