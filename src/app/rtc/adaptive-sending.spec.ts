import { of } from 'rxjs';

import { VirtualTime } from '../testing/virtual-time';
import { adaptiveSending, pictureParameters } from './adaptive-sending';
import type { MediaSections } from './media-sections';

const HD = { width: 1280, height: 720 };

describe('pictureParameters', () => {
  it('sends all of the picture to who shows it large, or has not said', () => {
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
    // Upright on a phone the picture is cropped, not made small.
    expect(scale(780, 1400)).toBe(1);
    expect(scale(600, 340)).toBe(2);
  });

  it('gives fewer bits to fewer pixels, and never too few', () => {
    const bits = (width: number) =>
      pictureParameters(HD, { width, height: (width * 9) / 16 }, 'full').maxBitrate;
    expect(bits(640)).toBeLessThan(bits(1280) / 3);
    expect(bits(64)).toBeGreaterThanOrEqual(80_000);
  });

  it('keeps to what the level allows, whichever way the camera is held', () => {
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

  /** A connected link whose estimate is 39 kbit/s while `loss` of the packets is lost, to a peer with this feedback. */
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

  /** Whether the picture is paused after 15 s. */
  const isPaused = async (connection: RTCPeerConnection) => {
    const time = new VirtualTime();
    const said = time.record(adaptiveSending(connection, sections, of(null), of(true)));
    await time.pass(15_000);
    said.stop();
    return said.last;
  };

  it('pauses the picture where a peer that reports on packets leaves no room for one', async () => {
    expect(await isPaused(link(0, EXTENSION, 'a=rtcp-fb:96 transport-cc'))).toBeTrue();
  });

  it('judges by loss where a peer sends REMB alone: the estimate falls though nothing is lost', async () => {
    expect(await isPaused(link(0, EXTENSION, 'a=rtcp-fb:96 goog-remb'))).toBeFalse();
  });

  it('judges by loss where a peer does not take numbered packets', async () => {
    expect(await isPaused(link(0, 'a=rtcp-fb:96 transport-cc'))).toBeFalse();
  });

  it('pauses the picture where a peer that sends REMB alone loses much', async () => {
    expect(await isPaused(link(0.3, 'a=rtcp-fb:96 goog-remb'))).toBeTrue();
  });
});
