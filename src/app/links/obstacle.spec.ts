import { Subject } from 'rxjs';

import type { Obstacle } from '../call/call-state';
import { noteFailure, obstacle$, obstacleOf } from './obstacle';
import type { RecoveryStep } from './recovery';

describe('obstacleOf', () => {
  it('reports which side lacks what', () => {
    const table: readonly (readonly [Parameters<typeof obstacleOf>, Obstacle])[] = [
      [['none', false, false], 'noRelay'],
      [['none', false, true], 'hidden'],
      [['none', true, false], 'blocked'],
      [['unreachable', false, false], 'relayUnreachable'],
      [['unreachable', true, false], 'relayUnreachable'],
      [['refused', false, false], 'relayRefused'],
      [['refused', true, true], 'relayRefused'],
      [['there', false, false], 'theirRelay'],
      [['there', true, false], 'blocked'],
    ];
    for (const [findings, obstacle] of table)
      expect(obstacleOf(...findings))
        .withContext(findings.join())
        .toBe(obstacle);
  });
});

describe('obstacle$', () => {
  let step: Subject<RecoveryStep>;
  let found: Map<string, Obstacle>;
  let connection: RTCPeerConnection;
  let seen: (Obstacle | null)[];
  let peer: Subject<string>;

  const follow = () => {
    step = new Subject();
    peer = new Subject();
    seen = [];
    return obstacle$(connection, step, peer, found, 300).subscribe((obstacle) => seen.push(obstacle));
  };

  beforeEach(() => {
    connection = new RTCPeerConnection();
    found = new Map();
  });
  afterEach(() => connection.close());

  it('distinguishes a handshake that never completes from a missing path', async () => {
    const other = new RTCPeerConnection();
    connection.onicecandidate = ({ candidate }) => void other.addIceCandidate(candidate ?? undefined);
    other.onicecandidate = ({ candidate }) => void connection.addIceCandidate(candidate ?? undefined);
    connection.createDataChannel('control');
    await connection.setLocalDescription();
    const offer = connection.localDescription!.sdp.replace('setup:actpass', 'setup:active');
    await other.setRemoteDescription({ type: 'offer', sdp: offer });
    await other.setLocalDescription();
    // Each side takes the peer to be active, so both wait for the handshake to begin.
    const sdp = other.localDescription!.sdp.replace('setup:passive', 'setup:active');
    await connection.setRemoteDescription({ type: 'answer', sdp });
    while (connection.iceConnectionState !== 'connected')
      await new Promise((resolve) => setTimeout(resolve, 20));
    const following = follow();
    peer.next('ann');
    step.next('connecting');
    while (seen.length < 2) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(seen).toEqual([null, 'handshake']);
    found.clear();
    noteFailure(connection, 'ann', found);
    expect(found.get('ann')).toBe('handshake');
    following.unsubscribe();
    other.close();
  });

  it('reports nothing for a connection that comes up, and clears the earlier obstacle', () => {
    found.set('ann', 'noRelay');
    const following = follow();
    peer.next('ann');
    step.next('waiting');
    step.next('connecting');
    step.next('well');
    expect(seen).toEqual([null, 'noRelay', null]);
    expect(found.size).toBe(0);
    following.unsubscribe();
  });

  it('reports an obstacle after a delay, and keeps reporting it while the next connection is tried', async () => {
    const following = follow();
    peer.next('ann');
    const before = performance.now();
    step.next('connecting');
    while (seen.length < 2) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(performance.now() - before).toBeGreaterThan(290);
    expect(seen).toEqual([null, 'noRelay']);
    following.unsubscribe();
    const next = follow();
    peer.next('ann');
    step.next('connecting');
    expect(seen).toEqual(['noRelay']);
    next.unsubscribe();
  });
});
