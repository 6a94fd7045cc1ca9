import { readFile } from 'node:fs/promises';

import type { Download } from '@playwright/test';
import { BufferSource, EncodedPacketSink, Input, MATROSKA, MP4, WEBM } from 'mediabunny';

import { nearestColour } from './senses';
import type { Colour } from './capture-files';

export const bytesOf = async (download: Download): Promise<Buffer> => readFile(await download.path());

/** Whether a WebM file has Cues (RFC 9559, section 5.1.5). */
export const hasCues = (file: Buffer): boolean => file.includes(Buffer.from([0x1c, 0x53, 0xbb, 0x6b]));

/** How a player plays a recording. */
export interface Playback {
  /** Length, in s; infinite if the file does not contain it. */
  readonly duration: number;
  /** Position after seeking to the middle, in s. */
  readonly middle: number;
  /** Colour shown there, at the place of the second of two tiles. */
  readonly colour: Colour | 'black' | 'other' | 'still';
  /** Amplitude of its loudest sample, from 0 to 1. */
  readonly loudness: number;
}

/** A page of any of the browsers' drivers. */
interface Player {
  evaluate<T>(run: (base64: string) => Promise<T>, base64: string): Promise<T>;
}

/** Plays a recording in a page, from its middle. */
export async function playBack(page: Player, file: Buffer): Promise<Playback> {
  const { pixel, ...playback } = await page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const context = new AudioContext();
    const sound = await context.decodeAudioData(bytes.buffer.slice(0)).catch(() => null);
    const loudness = sound
      ? sound.getChannelData(0).reduce((most, now) => Math.max(most, Math.abs(now)), 0)
      : 0;
    await context.close();
    const video = document.createElement('video');
    video.muted = true;
    const on = (event: string) =>
      new Promise((resolve) => video.addEventListener(event, resolve, { once: true }));
    const loaded = on('loadeddata');
    video.src = URL.createObjectURL(new Blob([bytes]));
    await loaded;
    const { duration } = video;
    const seeked = on('seeked');
    video.currentTime = Number.isFinite(duration) ? duration / 2 : 0;
    await seeked;
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [video.videoWidth, video.videoHeight];
    const paper = canvas.getContext('2d')!;
    paper.drawImage(video, 0, 0);
    const pixel = [...paper.getImageData(canvas.width / 2, canvas.height / 2, 1, 1).data].slice(0, 3);
    return { duration, middle: video.currentTime, loudness, pixel };
  }, file.toString('base64'));
  return { ...playback, colour: nearestColour(pixel) };
}

/** The time at which each picture of a recording is shown, in s from its beginning. */
export async function pictureTimes(file: Buffer): Promise<readonly number[]> {
  const input = new Input({ formats: [WEBM, MATROSKA, MP4], source: new BufferSource(file) });
  const track = await input.getPrimaryVideoTrack();
  const times: number[] = [];
  if (track) for await (const { timestamp } of new EncodedPacketSink(track).packets()) times.push(timestamp);
  return times;
}
