import { of } from 'rxjs';

import { VirtualTime } from '../testing/virtual-time';
import { adaptiveSending, pictureParameters } from './adaptive-sending';
import { LinkMedia } from '../rtc/link-media';
import { linkStatistics$ } from '../rtc/link-statistics';
import type { MediaSections } from '../rtc/media-sections';

const HD = { width: 1280, height: 720 };

describe('pictureParameters', () => {
  it('sends full-size video when the peer shows it large or hasn’t said', () => {
    expect(pictureParameters(HD, null, 'full')).toEqual({
      active: true,
      scaleResolutionDownBy: 1,
      maxFramerate: 30,
      maxBitrate: 2_488_320,
    });
    expect(pictureParameters(HD, { width: 1920, height: 1080 }, 'full').scaleResolutionDownBy).toBe(1);
  });

  it('sends no more than is shown', () => {
    const scale = (width: number, height: number) =>
      pictureParameters(HD, { width, height }, 'full').scaleResolutionDownBy;
    expect(scale(640, 360)).toBe(2);
    expect(scale(320, 180)).toBe(4);
    expect(scale(10, 10)).toBe(6);
    // In portrait on a phone, video is cropped, not scaled down.
    expect(scale(780, 1400)).toBe(1);
    expect(scale(600, 340)).toBe(2);
  });

  it('uses fewer bits for fewer pixels, down to a minimum', () => {
    const bits = (width: number) =>
      pictureParameters(HD, { width, height: (width * 9) / 16 }, 'full').maxBitrate;
    expect(bits(640)).toBeLessThan(bits(1280) / 3);
    expect(bits(64)).toBeGreaterThanOrEqual(80_000);
  });

  it('respects the limits of the level in either camera orientation', () => {
    expect(pictureParameters(HD, null, 'medium')).toEqual(
      jasmine.objectContaining({ scaleResolutionDownBy: 2, maxFramerate: 20, maxBitrate: 400_000 }),
    );
    expect(pictureParameters({ width: 720, height: 1280 }, null, 'low')).toEqual(
      jasmine.objectContaining({ scaleResolutionDownBy: 4, maxFramerate: 12 }),
    );
    expect(pictureParameters({ width: 320, height: 180 }, null, 'medium').scaleResolutionDownBy).toBe(1);
  });

  it('sends nothing while paused', () => {
    expect(pictureParameters(HD, null, 'paused').active).toBeFalse();
  });
});

describe('adaptiveSending', () => {
  const EXTENSION = 'a=extmap:3 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01';

  /** A connected link with an estimate of 39 kbit/s and this `loss`, to a peer that supports this feedback. */
  const link = (loss: number, ...feedback: readonly string[]) => {
    const sdp = ['v=0', 'm=video 9 UDP/TLS/RTP/SAVPF 96', ...feedback, ''].join('\r\n');
    const stats = [
      { id: 'T', type: 'transport', selectedCandidatePairId: 'P' },
      { id: 'P', type: 'candidate-pair', availableOutgoingBitrate: 39_000 },
      { id: 'O', type: 'outbound-rtp', kind: 'video' },
      { id: 'R', type: 'remote-inbound-rtp', kind: 'video', fractionLost: loss },
    ];
    return Object.assign(new EventTarget(), {
      connectionState: 'connected',
      currentRemoteDescription: { sdp },
      getStats: () => Promise.resolve(new Map(stats.map((entry) => [entry.id, entry]))),
    }) as unknown as RTCPeerConnection;
  };
  const sender = () => ({ track: null, getParameters: () => ({ encodings: [] }) });
  const sections = { audio: { sender: sender() }, video: { sender: sender() } } as unknown as MediaSections;

  const path = (connection: RTCPeerConnection) => ({
    media: new LinkMedia(connection),
    figures$: linkStatistics$(connection),
    heard$: of(true),
  });

  /** Whether video is paused after 15 s. */
  const isPaused = async (connection: RTCPeerConnection) => {
    const time = new VirtualTime();
    const said = time.record(adaptiveSending(path(connection), sections, of(null)));
    await time.pass(15_000);
    said.stop();
    return said.last;
  };

  it('pauses video when a peer that reports on packets leaves no room for it', async () => {
    expect(await isPaused(link(0, EXTENSION, 'a=rtcp-fb:96 transport-cc'))).toBeTrue();
  });

  it('uses loss when the peer sends only REMB: the estimate falls although nothing is lost', async () => {
    expect(await isPaused(link(0, EXTENSION, 'a=rtcp-fb:96 goog-remb'))).toBeFalse();
  });

  it('uses loss when the peer doesn’t accept numbered packets', async () => {
    expect(await isPaused(link(0, 'a=rtcp-fb:96 transport-cc'))).toBeFalse();
  });

  it('pauses video when a peer that sends only REMB loses a lot', async () => {
    expect(await isPaused(link(0.3, 'a=rtcp-fb:96 goog-remb'))).toBeTrue();
  });
});
