import { concat, EMPTY, map, NEVER, of, shareReplay, timer } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';

import type { NegotiationMessage } from '../rtc/negotiation';
import type { Message } from '../wire/codec';
import type { Candidate, Candidates } from '../rtc/description';
import type { LinkRole } from '../rtc/link-role';
import { lateCandidates, remoteCandidates } from './exchange';
import type { LinkContext } from './link';

const candidate = (name: string): Candidate => ({
  candidate: name,
  sdpMid: '0',
  sdpMLineIndex: 0,
  usernameFragment: 'u',
});
const namesIn = (candidates: readonly Candidate[]) => candidates.map((one) => one.candidate).join('');

describe('lateCandidates', () => {
  /**
   * What is sent in documents and over the channel, and when. `gathered` maps the ms at which a candidate arrives to its
   * name; the first candidate went with the description.
   */
  const sent = (gathered: Readonly<Record<number, string>>, opens: number) => {
    const documents: [number, string][] = [];
    const told: [number, string][] = [];
    const scheduler = new TestScheduler((actual, expected) => expect(actual).toEqual(expected));
    scheduler.run(({ flush }) => {
      const times = Object.keys(gathered).map(Number);
      const local$ = concat(
        ...times.map((at, index) =>
          timer(at - (times[index - 1] ?? 0)).pipe(
            map(() => ({
              sdp: 'v=0',
              candidates: times.slice(0, index + 1).map((time) => candidate(gathered[time]!)),
              complete: index === times.length - 1,
            })),
          ),
        ),
      ).pipe(shareReplay(1));
      local$.subscribe();
      const addCandidates = (_link: unknown, _role: unknown, _revision: unknown, batch: Candidates) => {
        documents.push([scheduler.now(), namesIn(batch.candidates)]);
        return Promise.resolve();
      };
      const control = {
        open$: concat(of(false), timer(opens).pipe(map(() => true)), NEVER),
        messages: () => EMPTY,
        send: (message: Message) => {
          const sent = message as NegotiationMessage;
          if (sent.type === 'candidates') told.push([scheduler.now(), namesIn(sent.candidates)]);
        },
      };
      const context = { signaling: { addCandidates } } as unknown as LinkContext;
      const late = lateCandidates(
        context,
        control,
        local$,
        { seat: 0, id: 'l' },
        'offerer',
        1,
        1,
      ).subscribe();
      scheduler.schedule(() => late.unsubscribe(), 60_000);
      flush();
    });
    return { documents, told };
  };

  it('puts the candidates of two seconds into one document', () => {
    const { documents, told } = sent({ 0: 'a', 100: 'b', 900: 'c' }, 50_000);
    expect(documents).toEqual([[2100, 'bc']]);
    expect(told).toEqual([]);
  });

  it('sends candidates that no document has carried over the channel, once it is open', () => {
    const { documents, told } = sent({ 0: 'a', 100: 'b', 900: 'c', 5000: 'd' }, 1000);
    expect(documents).toEqual([]);
    expect(told).toEqual([
      [1000, 'bc'],
      [5000, 'd'],
    ]);
  });

  it('does not repeat candidates that a document has carried', () => {
    const { documents, told } = sent({ 0: 'a', 100: 'b', 4000: 'c' }, 3000);
    expect(documents).toEqual([[2100, 'b']]);
    expect(told).toEqual([[4000, 'c']]);
  });

  it('sends nothing when no candidate is late', () => {
    expect(sent({ 0: 'a' }, 1000)).toEqual({ documents: [], told: [] });
  });
});

describe('remoteCandidates', () => {
  /** When the batches of that role are requested, and what is added when, if there is one batch the whole time. */
  const taken = (role: LinkRole, complete: boolean) => {
    const asked: number[] = [];
    const added: [number, string][] = [];
    const scheduler = new TestScheduler((actual, expected) => expect(actual).toEqual(expected));
    scheduler.run(({ flush }) => {
      const candidates$ = () => {
        asked.push(scheduler.now());
        return of({ candidates: [candidate('a'), candidate('b')], complete: true });
      };
      const context = { signaling: { candidates$ } } as unknown as LinkContext;
      const description = { candidates: [candidate('a')], complete };
      remoteCandidates(context, { seat: 0, id: 'l' }, role, 1, description, (candidates) =>
        added.push([scheduler.now(), namesIn(candidates)]),
      ).subscribe();
      flush();
    });
    return { asked, added };
  };

  it('follows the batches of an offer at once: they may have been there for a while', () => {
    expect(taken('offerer', false)).toEqual({
      asked: [0],
      added: [
        [0, 'a'],
        [0, 'b'],
      ],
    });
  });

  it('follows the batches of an answer once the first can be there, and no sooner', () => {
    expect(taken('answerer', false)).toEqual({
      asked: [2000],
      added: [
        [0, 'a'],
        [2000, 'b'],
      ],
    });
  });

  it('requests no batches when the description was complete', () => {
    expect(taken('offerer', true)).toEqual({ asked: [], added: [[0, 'a']] });
  });
});
