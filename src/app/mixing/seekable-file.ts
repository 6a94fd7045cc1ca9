import {
  BlobSource,
  EncodedAudioPacketSource,
  EncodedPacketSink,
  EncodedVideoPacketSource,
  Input,
  MATROSKA,
  MP4,
  Mp4OutputFormat,
  Output,
  StreamTarget,
  WEBM,
  WebMOutputFormat,
  type EncodedPacket,
  type StreamTargetChunk,
} from 'mediabunny';
import { noted } from '../log/note';

/** Number of bytes that are collected before they are written. */
const CHUNK = 4 * 1024 * 1024;

/** One track while it is copied from the recording to the new file. */
interface Lane {
  readonly packets: AsyncIterator<EncodedPacket>;
  readonly add: (packet: EncodedPacket) => Promise<void>;
  readonly close: () => void;
  next: EncodedPacket | null;
}

/** The recording can't be read: it ends before its first frame, or is damaged. */
export class UnreadableRecording extends Error {
  override readonly name = 'UnreadableRecording';
}

/**
 * Rewrites a recorder's output as a file that has a duration and can be seeked. `MediaRecorder` can't write either while it
 * records: its WebM has no Duration and no Cues (RFC 9559, sections 5.1.2.10 and 5.1.5), and its MP4 is fragmented. Packets
 * are copied without re-encoding, and streamed from reading to writing. A recording that is cut off in the middle of a
 * packet keeps all packets before it.
 *
 * @param write receives bytes for a position in the new file, one call after the other
 * @param progress receives how much has been read, from 0 to 1
 * @throws UnreadableRecording, and what `write` rejects with
 */
export async function writeSeekable(
  raw: Blob,
  write: (position: number, bytes: Uint8Array<ArrayBuffer>) => Promise<void>,
  progress: (share: number) => void = () => undefined,
): Promise<void> {
  const source = new BlobSource(raw);
  source.onread = (_, end) => progress(Math.min(1, end / raw.size));
  const input = new Input({ formats: [WEBM, MATROSKA, MP4], source });
  try {
    const isMp4 = (await format(input)) === MP4;
    const output = new Output({
      format: isMp4 ? new Mp4OutputFormat({ fastStart: false }) : new WebMOutputFormat(),
      target: new StreamTarget(
        new WritableStream<StreamTargetChunk>({ write: ({ position, data }) => write(position, data) }),
        { chunked: true, chunkSize: CHUNK },
      ),
    });
    const lanes = await lanesOf(input, output);
    const start = Math.min(...lanes.map(({ next }) => next?.timestamp ?? Infinity));
    if (lanes.length === 0) throw new UnreadableRecording('It has no packets.');
    await output.start();
    try {
      for (let lane = earliest(lanes); lane; lane = earliest(lanes)) await forward(lane, start);
      await output.finalize();
    } catch (error) {
      await output.cancel().catch(noted('mixing', 'cancel-output'));
      throw error;
    }
  } finally {
    input.dispose();
  }
}

async function format(input: Input) {
  try {
    return await input.getFormat();
  } catch (cause) {
    throw new UnreadableRecording('It is in no known format.', { cause });
  }
}

async function lanesOf(input: Input, output: Output): Promise<readonly Lane[]> {
  const lanes: Lane[] = [];
  const [video, audio] = [await input.getPrimaryVideoTrack(), await input.getPrimaryAudioTrack()];
  if (video) {
    const [codec, packets] = [await video.getCodec(), new EncodedPacketSink(video).packets()];
    const next = await nextOf(packets);
    if (codec && next) {
      const decoderConfig = (await video.getDecoderConfig()) ?? undefined;
      const track = new EncodedVideoPacketSource(codec);
      output.addVideoTrack(track);
      lanes.push({
        packets,
        next,
        add: (packet) => track.add(packet, { decoderConfig }),
        close: () => track.close(),
      });
    }
  }
  if (audio) {
    const [codec, packets] = [await audio.getCodec(), new EncodedPacketSink(audio).packets()];
    const next = await nextOf(packets);
    if (codec && next) {
      const decoderConfig = (await audio.getDecoderConfig()) ?? undefined;
      const track = new EncodedAudioPacketSource(codec);
      output.addAudioTrack(track);
      lanes.push({
        packets,
        next,
        add: (packet) => track.add(packet, { decoderConfig }),
        close: () => track.close(),
      });
    }
  }
  return lanes;
}

/** The lane whose packet comes next in time; null when all lanes are done. */
const earliest = (lanes: readonly Lane[]): Lane | null =>
  lanes.reduce<Lane | null>((first, lane) => {
    if (!lane.next) return first;
    return first?.next && first.next.timestamp <= lane.next.timestamp ? first : lane;
  }, null);

async function forward(lane: Lane, start: number): Promise<void> {
  const packet = lane.next!;
  await lane.add(packet.clone({ timestamp: packet.timestamp - start }));
  lane.next = await nextOf(lane.packets);
  if (!lane.next) lane.close();
}

async function nextOf(packets: AsyncIterator<EncodedPacket>): Promise<EncodedPacket | null> {
  const result = await packets.next();
  return result.done ? null : result.value;
}
