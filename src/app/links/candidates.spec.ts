import { concat, EMPTY, map, NEVER, type Observable, of, shareReplay, throwError, timer } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';

import type { NegotiationMessage } from '../rtc/negotiation';
import type { Message } from '../wire/codec';
import type { Candidate, Candidates, Description } from '../rtc/description';
import type { LinkRole } from '../rtc/link-role';
import { gathered$, type Sender, sendLater, takeTheirs, trickle, writeLater } from './candidates';

const candidate = (name: string): Candidate => ({
  candidate: name,
  sdpMid: '0',
  sdpMLineIndex: 0,
  usernameFragment: 'u',
});
const namesIn = (candidates: readonly Candidate[]) => candidates.map((one) => one.candidate).join('');

/** The SDP of one ICE generation. */
const sdpOf = (fragment: string) => `v=0\r\na=ice-ufrag:${fragment}\r\n`;
/** Emits descriptions as the candidates are gathered: `gathered` maps the ms at which a candidate arrives to its name. */
const gathering = (gathered: Readonly<Record<number, string>>): Observable<Description> => {
  const times = Object.keys(gathered).map(Number);
  const local$ = concat(
    ...times.map((at, index) =>
      timer(at - (times[index - 1] ?? 0)).pipe(
        map(() => ({
          sdp: sdpOf('u'),
          candidates: times.slice(0, index + 1).map((time) => candidate(gathered[time]!)),
          complete: index === times.length - 1,
        })),
      ),
    ),
  ).pipe(shareReplay(1));
  local$.subscribe();
  return local$;
};
const inVirtualTime = (work: (scheduler: TestScheduler) => void) => {
  const scheduler = new TestScheduler((actual, expected) => expect(actual).toEqual(expected));
  scheduler.run(({ flush }) => {
    work(scheduler);
    flush();
  });
};
const first = (name: string): Description => ({
  sdp: sdpOf('u'),
  candidates: [candidate(name)],
  complete: false,
});

describe('gathered$', () => {
  const gathered = (local: Readonly<Record<number, string>>) => {
    const found: [number, string][] = [];
    inVirtualTime((scheduler) => {
      gathered$(gathering(local)).subscribe(({ candidates }) =>
        found.push([scheduler.now(), namesIn(candidates)]),
      );
    });
    return found;
  };

  it('waits until all candidates are gathered', () => {
    expect(gathered({ 0: 'a', 100: 'b' })).toEqual([[100, 'ab']]);
  });

  it('waits no longer than 300 ms', () => {
    expect(gathered({ 0: 'a', 250: 'b', 400: 'c' })).toEqual([[300, 'ab']]);
  });

  it('waits for the first candidate: after a restart, the browser reports the previous gathering for a while', () => {
    const found: [number, boolean][] = [];
    inVirtualTime((scheduler) => {
      gathered$(
        concat(
          of({ sdp: sdpOf('v'), candidates: [], complete: true }),
          timer(200).pipe(map(() => ({ sdp: sdpOf('v'), candidates: [candidate('a')], complete: true }))),
          NEVER,
        ),
      ).subscribe(({ complete }) => found.push([scheduler.now(), complete]));
    });
    expect(found).toEqual([[200, true]]);
  });
});

describe('Candidates gathered after a description', () => {
  type Send = (sender: Sender) => Observable<never>;
  /** What is sent in documents and over the channel, and when. The first candidate went with the description. */
  const sent = (
    local: Readonly<Record<number, string>> | (() => Observable<Description>),
    opens: number,
    send: Send = (sender) => sendLater(sender, 1, first('a')),
    fails: (at: number) => boolean = () => false,
  ) => {
    const documents: [number, string][] = [];
    const told: [number, string][] = [];
    inVirtualTime((scheduler) => {
      const addCandidates = (_link: unknown, _role: unknown, _revision: unknown, batch: Candidates) => {
        documents.push([scheduler.now(), namesIn(batch.candidates)]);
        // Not a promise: that would not settle in virtual time.
        return fails(scheduler.now()) ? throwError(() => new Error('offline')) : EMPTY;
      };
      const control = {
        open$: concat(of(false), timer(opens).pipe(map(() => true)), NEVER),
        messages: () => EMPTY,
        send: (message: Message) => {
          const sent = message as NegotiationMessage;
          if (sent.type === 'candidates') told.push([scheduler.now(), namesIn(sent.candidates)]);
        },
      };
      const sender = {
        context: { signaling: { addCandidates } },
        path: { seat: 0, id: 'l' },
        role: 'offerer',
        control,
        local$: typeof local === 'function' ? local() : gathering(local),
      } as unknown as Sender;
      const sending = send(sender).subscribe({ error: () => documents.push([scheduler.now(), 'error']) });
      scheduler.schedule(() => sending.unsubscribe(), 60_000);
    });
    return { documents, told };
  };

  it('puts the candidates of two seconds into one document', () => {
    const { documents, told } = sent({ 0: 'a', 100: 'b', 900: 'c' }, 70_000);
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

  it('repeats candidates over the channel that a document has carried: the peer may not have read it', () => {
    const { documents, told } = sent({ 0: 'a', 100: 'b', 4000: 'c' }, 3000);
    expect(documents).toEqual([[2100, 'b']]);
    expect(told).toEqual([
      [3000, 'b'],
      [4000, 'c'],
    ]);
  });

  it('sends nothing when no candidate is late', () => {
    expect(sent({ 0: 'a' }, 1000)).toEqual({ documents: [], told: [] });
  });

  it('errors when a batch can’t be written', () => {
    const { documents } = sent({ 0: 'a', 100: 'b', 4000: 'c' }, 50_000, undefined, () => true);
    expect(documents).toEqual([
      [2100, 'b'],
      [2100, 'error'],
    ]);
  });

  it('after an ICE restart belong to another description', () => {
    const restarted = () =>
      concat(
        gathering({ 0: 'a', 100: 'b' }),
        timer(500).pipe(map(() => ({ ...first('z'), sdp: sdpOf('v') }))),
      ).pipe(shareReplay(1));
    expect(sent(restarted, 1000)).toEqual({ documents: [], told: [] });
  });

  describe('that is a later one in a document', () => {
    const write: Send = (sender) => writeLater(sender, 2, first('a'));

    it('go into documents, whether or not the channel looks open', () => {
      const { documents, told } = sent({ 0: 'a', 100: 'b', 5000: 'c' }, 0, write);
      expect(documents).toEqual([
        [2100, 'b'],
        [7000, 'c'],
      ]);
      expect(told).toEqual([]);
    });

    it('are lost with a batch that can’t be written, and the next batch is written', () => {
      const { documents } = sent({ 0: 'a', 100: 'b', 5000: 'c' }, 0, write, (at) => at < 3000);
      expect(documents).toEqual([
        [2100, 'b'],
        [7000, 'c'],
      ]);
    });
  });

  describe('that restarts ICE over the channel', () => {
    /** The local description is restarted after 1 s, and sent 10 ms later. */
    const restarting = (fragment: string) =>
      concat(
        of(first('a')),
        timer(1000).pipe(
          map(() => ({ sdp: sdpOf(fragment), candidates: [candidate('x')], complete: false })),
        ),
        timer(500).pipe(
          map(() => ({ sdp: sdpOf(fragment), candidates: [candidate('x'), candidate('y')], complete: true })),
        ),
        NEVER,
      ).pipe(shareReplay(1));
    const follow =
      (fragment: string): Send =>
      (sender) =>
        trickle(sender, timer(1010).pipe(map(() => fragment)));

    it('follow it over the channel, one by one', () => {
      expect(sent(() => restarting('v'), 0, follow('v'))).toEqual({
        documents: [],
        told: [
          [1010, 'x'],
          [1500, 'y'],
        ],
      });
    });

    it('are those of the first description if it doesn’t restart ICE, which were sent before', () => {
      expect(sent(() => restarting('u'), 0, follow('u'))).toEqual({ documents: [], told: [] });
    });
  });
});

describe('takeTheirs', () => {
  /** When the batches of that role are requested, and what is added when, if there is one batch the whole time. */
  const taken = (role: LinkRole, complete: boolean) => {
    const asked: number[] = [];
    const added: [number, string][] = [];
    inVirtualTime((scheduler) => {
      const candidates$ = () => {
        asked.push(scheduler.now());
        return of({ candidates: [candidate('a'), candidate('b')], complete: true });
      };
      const own = {
        context: { signaling: { candidates$ } },
        path: { seat: 0, id: 'l' },
        role: role === 'offerer' ? 'answerer' : 'offerer',
      } as unknown as Sender;
      takeTheirs(own, 1, { candidates: [candidate('a')], complete }, (candidates) =>
        added.push([scheduler.now(), namesIn(candidates)]),
      ).subscribe();
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
