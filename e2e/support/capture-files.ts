import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { workFolder } from './environment';

export type Colour = 'red' | 'green' | 'blue' | 'yellow';

/** Red, green and blue, 0…255. */
export const colours: Readonly<Record<Colour, readonly [number, number, number]>> = {
  red: [200, 30, 30],
  green: [30, 160, 40],
  blue: [40, 50, 200],
  yellow: [210, 190, 30],
};

/** Small and slow: coding and showing pictures causes most of the processor load of a call here. */
const framesPerSecond = 8;

interface Size {
  readonly width: number;
  readonly height: number;
}

/** A film of one colour for `--use-file-for-fake-video-capture`: raw I420 frames (YUV4MPEG2). */
export const film = (colour: Colour, { width, height }: Size = { width: 320, height: 240 }): string =>
  made(`${colour}-${width}x${height}-${framesPerSecond}.y4m`, () => {
    const [y, u, v] = yuv(colours[colour]);
    const frame = Buffer.concat([
      Buffer.from('FRAME\n'),
      Buffer.alloc(width * height, y),
      Buffer.alloc((width * height) / 4, u),
      Buffer.alloc((width * height) / 4, v),
    ]);
    const head = Buffer.from(`YUV4MPEG2 W${width} H${height} F${framesPerSecond}:1 Ip A1:1 C420mpeg2\n`);
    return Buffer.concat([head, frame, frame, frame, frame]);
  });

/** ITU-R BT.601, studio range. */
function yuv([r, g, b]: readonly [number, number, number]): readonly [number, number, number] {
  return [
    Math.round(16 + 0.257 * r + 0.504 * g + 0.098 * b),
    Math.round(128 - 0.148 * r - 0.291 * g + 0.439 * b),
    Math.round(128 + 0.439 * r - 0.368 * g - 0.071 * b),
  ];
}

const sampleRate = 48_000;
/** A browser's noise suppression removes a continuous tone as noise. */
const beepSeconds = 0.3;
const pauseSeconds = 0.1;
const beeps = 10;

/** Beeps of one frequency, in Hz, for `--use-file-for-fake-audio-capture`: 16-bit PCM in RIFF/WAVE. */
export const sound = (frequency: number): string =>
  made(`${frequency}.wav`, () => {
    const period = Math.round((beepSeconds + pauseSeconds) * sampleRate);
    const samples = period * beeps;
    const data = Buffer.alloc(samples * 2);
    for (let n = 0; n < samples; n++) {
      const beeping = n % period < beepSeconds * sampleRate;
      const value = beeping ? 0.5 * Math.sin((2 * Math.PI * frequency * n) / sampleRate) : 0;
      data.writeInt16LE(Math.round(value * 32_767), n * 2);
    }
    const head = Buffer.alloc(44);
    head.write('RIFF', 0);
    head.writeUInt32LE(36 + data.length, 4);
    head.write('WAVEfmt ', 8);
    head.writeUInt32LE(16, 16);
    head.writeUInt16LE(1, 20); // PCM
    head.writeUInt16LE(1, 22); // channels
    head.writeUInt32LE(sampleRate, 24);
    head.writeUInt32LE(sampleRate * 2, 28);
    head.writeUInt16LE(2, 32);
    head.writeUInt16LE(16, 34);
    head.write('data', 36);
    head.writeUInt32LE(data.length, 40);
    return Buffer.concat([head, data]);
  });

/** Path of a file, which is written on first use. */
function made(name: string, content: () => Buffer): string {
  const path = join(workFolder, name);
  if (!existsSync(path)) {
    mkdirSync(workFolder, { recursive: true });
    // Renamed when complete, so that concurrent readers see the whole file or nothing.
    const draft = `${path}.${process.pid}`;
    writeFileSync(draft, content());
    renameSync(draft, path);
  }
  return path;
}
