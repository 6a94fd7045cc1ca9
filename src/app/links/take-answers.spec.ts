import { Subject } from 'rxjs';

import type { MemberDescription, ProvisionalAnswer } from '../signaling/payloads';
import type { LinkRecord } from '../signaling/records';
import { LinkError } from './link-error';
import { RefusedError } from './refusals';
import { type KnownSessions, takeAnswers, type TakenAnswer } from './take-answers';

const described = (session: string, fragment: string): MemberDescription => ({
  session,
  sdp: `v=0\r\na=ice-ufrag:${fragment}\r\na=setup:passive\r\n`,
  candidates: [],
  complete: false,
});
const provisional = (session: string, fragment: string): ProvisionalAnswer => ({
  ...described(session, fragment),
  name: 'Ben',
});

/** A connection that has set its offer. */
class OfferingConnection extends EventTarget {
  connectionState: RTCPeerConnectionState = 'new';
  signalingState: RTCSignalingState = 'have-local-offer';
  readonly set: string[] = [];

  constructor(private readonly knowsProvisional = true) {
    super();
  }

  setRemoteDescription({ type, sdp }: RTCSessionDescriptionInit): Promise<void> {
    if (type === 'pranswer' && !this.knowsProvisional) {
      return Promise.reject(new DOMException('not yet implemented', 'NotSupportedError'));
    }
    this.set.push(`${type} ${/ufrag:(\S+)/.exec(sdp ?? '')?.[1] ?? ''}`);
    this.signalingState = type === 'answer' ? 'stable' : 'have-remote-pranswer';
    return Promise.resolve();
  }

  simulateConnected(): void {
    this.connectionState = 'connected';
    this.dispatchEvent(new Event('connectionstatechange'));
  }
}

describe('takeAnswers', () => {
  let connection: OfferingConnection;
  let link$: Subject<LinkRecord | null>;
  let taken: TakenAnswer[];
  let end: unknown;

  const begin = (offering = new OfferingConnection()) => {
    connection = offering;
    link$ = new Subject();
    taken = [];
    end = null;
    const sessions: KnownSessions = {
      isMember: (session) => session === 'cleo',
      isElsewhere: (session) => session === 'dora',
    };
    takeAnswers(connection as unknown as RTCPeerConnection, link$, sessions).subscribe({
      next: (answer) => taken.push(answer),
      error: (error: unknown) => (end = error),
      complete: () => (end = 'complete'),
    });
  };
  const tell = async (change: Partial<LinkRecord>) => {
    link$.next({ revision: 1, pranswer: null, answer: null, ...change } as LinkRecord);
    await settled();
  };
  const settled = async () => {
    for (let turn = 0; turn < 10; turn++) await Promise.resolve();
  };
  const pranswer = provisional('ben', 'b');

  beforeEach(() => {
    jasmine.clock().install();
    begin();
  });
  afterEach(() => jasmine.clock().uninstall());

  it('sets an answer and completes', async () => {
    await tell({});
    await tell({ answer: described('ben', 'b') });
    expect(connection.set).toEqual(['answer b']);
    expect(taken.map(({ kind, answer }) => [kind, answer.session])).toEqual([['answer', 'ben']]);
    expect(end).toBe('complete');
  });

  it('lets the author of a provisional answer connect, and reports nothing until they do', async () => {
    await tell({ pranswer });
    expect(connection.set).toEqual(['pranswer b']);
    expect(taken).toEqual([]);
    connection.simulateConnected();
    await settled();
    expect(connection.set).toEqual(['pranswer b', 'answer b']);
    expect(taken).toEqual([{ kind: 'provisional', answer: pranswer }]);
  });

  it('treats their answer as the known one, once they have connected', async () => {
    await tell({ pranswer });
    connection.simulateConnected();
    await settled();
    await tell({ pranswer, answer: described('ben', 'b') });
    expect(connection.set).toEqual(['pranswer b', 'answer b']);
    expect(taken.map(({ kind }) => kind)).toEqual(['provisional', 'answer']);
    expect(end).toBe('complete');
  });

  it('sets their answer if it arrives before they connect', async () => {
    await tell({ pranswer });
    await tell({ pranswer, answer: described('ben', 'b') });
    connection.simulateConnected();
    await settled();
    expect(connection.set).toEqual(['pranswer b', 'answer b']);
    expect(taken.map(({ kind }) => kind)).toEqual(['answer']);
  });

  it('replaces a provisional answer by another person’s answer', async () => {
    await tell({ pranswer });
    await tell({ pranswer, answer: described('desk', 'd') });
    expect(connection.set).toEqual(['pranswer b', 'answer d']);
    expect(taken.map(({ answer }) => answer.session)).toEqual(['desk']);
  });

  it('fails when the answer comes from a different person than the one who connected', async () => {
    await tell({ pranswer });
    connection.simulateConnected();
    await settled();
    await tell({ pranswer, answer: described('desk', 'd') });
    expect(end).toEqual(new LinkError('negotiation'));
    expect(taken.length).toBe(1);
  });

  it('recognizes them by their answer to a restart, if that is seen first, during its negotiation', async () => {
    await tell({ pranswer });
    connection.simulateConnected();
    await settled();
    connection.signalingState = 'have-local-offer';
    await tell({ revision: 2, answer: described('ben', 'anew') });
    expect(connection.set).toEqual(['pranswer b', 'answer b']);
    expect(end).toBe('complete');
  });

  it('does not mistake their answer for one to a later offer', async () => {
    await tell({ pranswer });
    connection.simulateConnected();
    await settled();
    connection.signalingState = 'have-local-offer';
    await tell({ pranswer, answer: described('ben', 'b') });
    expect(connection.set).toEqual(['pranswer b', 'answer b']);
    expect(end).toBe('complete');
  });

  it('ignores a provisional answer that uses a member’s session', async () => {
    await tell({ pranswer: provisional('cleo', 'b') });
    expect(connection.set).toEqual([]);
    await tell({ answer: described('ben', 'd') });
    expect(connection.set).toEqual(['answer d']);
  });

  it('refuses an answer that uses the session of a member at another seat', async () => {
    await tell({ answer: described('dora', 'd') });
    expect(connection.set).toEqual([]);
    expect(taken).toEqual([]);
    expect((end as LinkError).reason).toBe('negotiation');
  });

  it('refuses an answer that is not passive: two sides that wait for each other never connect', async () => {
    const answer = described('ben', 'b');
    await tell({ answer: { ...answer, sdp: answer.sdp.replace('passive', 'active') } });
    expect(connection.set).toEqual([]);
    expect(end).toEqual(new RefusedError('setup', 'ben'));
  });

  it('ignores a provisional answer that is not passive, and waits for the answer', async () => {
    await tell({ pranswer: { ...pranswer, sdp: pranswer.sdp.replace('passive', 'active') } });
    await tell({ pranswer, answer: described('ben', 'b') });
    expect(connection.set).toEqual(['answer b']);
  });

  it('reports the cause and the author when the browser refuses an answer', async () => {
    const cause = new DOMException('no', 'OperationError');
    spyOn(connection, 'setRemoteDescription').and.rejectWith(cause);
    await tell({ answer: described('ben', 'b') });
    expect(end).toEqual(jasmine.any(RefusedError));
    expect(end).toEqual(jasmine.objectContaining({ refusal: 'description', session: 'ben', cause }));
  });

  it('fails when a description can’t be set', async () => {
    await tell({ pranswer });
    spyOn(connection, 'setRemoteDescription').and.rejectWith(new DOMException('no', 'InvalidStateError'));
    connection.simulateConnected();
    await settled();
    expect(end).toEqual(new LinkError('negotiation'));
  });

  it('waits for the answer where the browser supports no provisional ones', async () => {
    begin(new OfferingConnection(false));
    await tell({ pranswer });
    await tell({ pranswer, answer: described('ben', 'b') });
    expect(connection.set).toEqual(['answer b']);
    expect(taken.map(({ kind }) => kind)).toEqual(['answer']);
  });

  it('fails when no answer from the connected person arrives within 30 s', async () => {
    await tell({ pranswer });
    connection.simulateConnected();
    await settled();
    jasmine.clock().tick(29_999);
    expect(end).toBeNull();
    jasmine.clock().tick(1);
    expect(end).toEqual(new LinkError('failed'));
  });

  it('waits without limit while no one connects', async () => {
    await tell({ pranswer });
    jasmine.clock().tick(60_000);
    expect(end).toBeNull();
  });
});
