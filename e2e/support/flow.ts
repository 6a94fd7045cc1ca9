import type { Page } from '@playwright/test';

import type { Person } from './person';

/** What has arrived over the links that a person had when `keepLinks` was called. */
export interface Flow {
  /** Numbers that each stream keeps for as long as no connection replaces the link (SSRC, RFC 3550, section 3). */
  readonly streams: readonly number[];
  /** Changes of the links’ signaling or connection state since then. */
  readonly changes: readonly string[];
  /** Packets of sound that were lost. */
  readonly lost: number;
  /** Sound that was made up because packets came too late or not at all, in ms. */
  readonly concealed: number;
  /** Freezes of pictures (webrtc-stats, `freezeCount`). */
  readonly freezes: number;
  readonly frames: number;
  /** Time of this look, in ms. */
  readonly at: number;
}

interface Kept {
  connections: RTCPeerConnection[];
  links: RTCPeerConnection[];
  changes: string[];
}

/** Runs in the page before its own scripts: keeps connections for `keepLinks`. */
export function keepConnections(): void {
  const page = globalThis as unknown as Kept;
  page.connections = [];
  globalThis.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      page.connections.push(this);
    }
  };
}

/** From now on, `flowOf` reports on the links that are up at this moment. Resolves to their number. */
export const keepLinks = ({ page }: Person): Promise<number> =>
  page.evaluate(() => {
    const kept = globalThis as unknown as Kept;
    kept.links = kept.connections.filter(({ connectionState }) => connectionState === 'connected');
    kept.changes = [];
    for (const [index, link] of kept.links.entries()) {
      for (const state of ['signalingState', 'connectionState'] as const)
        link.addEventListener(state.toLowerCase() + 'change', () =>
          kept.changes.push(`link ${index}: ${state} ${link[state]}`),
        );
    }
    return kept.links.length;
  });

export const flowOf = ({ page }: Person): Promise<Flow> =>
  page.evaluate(async () => {
    const { links, changes } = globalThis as unknown as Kept;
    const streams: number[] = [];
    const sum = { lost: 0, concealed: 0, freezes: 0, frames: 0 };
    for (const link of links) {
      const report = (await link.getStats()) as unknown as ReadonlyMap<string, RTCInboundRtpStreamStats>;
      for (const figures of report.values()) {
        // A section for a screen has received nothing.
        if (figures.type !== 'inbound-rtp' || !figures.packetsReceived) continue;
        streams.push(figures.ssrc);
        if (figures.kind === 'audio') {
          sum.lost += figures.packetsLost ?? 0;
          // Opus has 48 samples in a millisecond.
          sum.concealed += ((figures.concealedSamples ?? 0) - (figures.silentConcealedSamples ?? 0)) / 48;
        } else {
          sum.freezes += figures.freezeCount ?? 0;
          sum.frames += figures.framesDecoded ?? 0;
        }
      }
    }
    return { ...sum, streams: streams.sort((a, b) => a - b), changes, at: performance.now() };
  });

/** The connections of a page that kept them, with what they carry, for the message of a failed test. */
export const linksOf = (page: Page): Promise<readonly string[]> =>
  page.evaluate(async () => {
    const { connections = [] } = globalThis as unknown as Partial<Kept>;
    const lines: string[] = [];
    for (const [index, link] of connections.entries()) {
      if (link.connectionState === 'closed') continue;
      const report = (await link.getStats()) as unknown as ReadonlyMap<string, RTCInboundRtpStreamStats>;
      const media = [...report.values()].filter(({ type }) => /^(in|out)bound-rtp$/.test(type));
      const flows = media.map((figures) => {
        const { type, kind, packetsReceived } = figures;
        const { packetsSent } = figures as unknown as RTCOutboundRtpStreamStats;
        return `${type} ${kind} ${packetsReceived ?? packetsSent ?? 0}`;
      });
      lines.push(
        `connection ${index}: ${link.connectionState}, ${link.signalingState}; ${flows.join(', ') || 'no media'}`,
      );
    }
    return lines;
  });
