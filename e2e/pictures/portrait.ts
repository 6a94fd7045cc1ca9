import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from '@playwright/test';

import { workFolder } from '../support/environment';

/** Appearance of a drawn person; colours are CSS colours. */
export interface Portrait {
  readonly name: string;
  readonly wall: readonly [string, string];
  readonly skin: string;
  readonly hair: string;
  readonly shirt: string;
  readonly long: boolean;
}

const width = 1280;
const height = 720;

/** Draws a person into a file that Chromium uses as a camera (YUV4MPEG2, one frame). Resolves to its path. */
export async function film(browser: Browser, portrait: Portrait): Promise<string> {
  const path = join(workFolder, `portrait-${portrait.name}.y4m`);
  if (existsSync(path)) return path;
  mkdirSync(workFolder, { recursive: true });
  const page = await browser.newPage();
  const planes = await page.evaluate(draw, { portrait, width, height });
  await page.close();
  writeFileSync(
    path,
    Buffer.concat([
      Buffer.from(`YUV4MPEG2 W${width} H${height} F15:1 Ip A1:1 C420jpeg\nFRAME\n`),
      Buffer.from(planes, 'base64'),
    ]),
  );
  return path;
}

/** Runs in a page: the picture as I420 (BT.601), in base64. */
function draw({ portrait, width, height }: { portrait: Portrait; width: number; height: number }): string {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('no canvas');
  const { wall, skin, hair, shirt, long } = portrait;
  const shape = (colour: string, path: (c: OffscreenCanvasRenderingContext2D) => void) => {
    context.fillStyle = colour;
    context.beginPath();
    path(context);
    context.fill();
  };

  const light = context.createLinearGradient(0, 0, width, height);
  light.addColorStop(0, wall[0]);
  light.addColorStop(1, wall[1]);
  context.fillStyle = light;
  context.fillRect(0, 0, width, height);
  // A window and a shelf, out of focus.
  context.filter = 'blur(10px)';
  shape('#ffffff66', (c) => c.roundRect(90, 70, 250, 330, 12));
  shape('#ffffff40', (c) => c.roundRect(205, 70, 14, 330, 2));
  shape('#5d4a3a88', (c) => c.roundRect(930, 300, 300, 18, 4));
  for (const [i, colour] of ['#b6523f', '#d9a441', '#47706b', '#e4ddd0', '#7b5e86'].entries()) {
    shape(colour + 'bb', (c) => c.roundRect(950 + i * 34, 190 + (i % 3) * 14, 26, 110 - (i % 3) * 14, 3));
  }
  shape('#3f6b4e99', (c) => c.ellipse(1175, 240, 46, 66, 0, 0, 2 * Math.PI));
  context.filter = 'none';

  if (long) shape(hair, (c) => c.roundRect(478, 190, 324, 420, 150));
  shape(shirt, (c) => {
    c.moveTo(270, 720);
    c.bezierCurveTo(290, 560, 430, 535, 560, 515);
    c.lineTo(720, 515);
    c.bezierCurveTo(850, 535, 990, 560, 1010, 720);
  });
  shape('#00000022', (c) => c.ellipse(640, 545, 92, 34, 0, 0, 2 * Math.PI));
  shape(skin, (c) => c.roundRect(577, 420, 126, 140, 60));
  shape('#00000018', (c) => c.ellipse(640, 470, 62, 40, 0, 0, 2 * Math.PI));
  shape(skin, (c) => c.ellipse(640, 325, 122, 152, 0, 0, 2 * Math.PI));
  shape(skin, (c) => c.ellipse(518, 335, 20, 32, 0, 0, 2 * Math.PI));
  shape(skin, (c) => c.ellipse(762, 335, 20, 32, 0, 0, 2 * Math.PI));
  shape(hair, (c) => {
    c.moveTo(508, 320);
    c.bezierCurveTo(490, 130, 790, 130, 772, 320);
    c.bezierCurveTo(760, 262, 720, 246, 668, 244);
    c.bezierCurveTo(600, 242, 530, 252, 508, 320);
  });
  for (const x of [592, 688]) {
    shape('#ffffff', (c) => c.ellipse(x, 330, 19, 12, 0, 0, 2 * Math.PI));
    shape('#33261d', (c) => c.ellipse(x, 330, 10, 11, 0, 0, 2 * Math.PI));
    shape(hair, (c) => c.roundRect(x - 26, 298, 52, 8, 4));
  }
  context.lineWidth = 6;
  context.lineCap = 'round';
  context.strokeStyle = '#00000033';
  context.beginPath();
  context.moveTo(642, 340);
  context.quadraticCurveTo(660, 376, 634, 380);
  context.stroke();
  shape('#a2443f', (c) => {
    c.moveTo(594, 408);
    c.quadraticCurveTo(640, 462, 686, 408);
    c.quadraticCurveTo(640, 424, 594, 408);
  });

  const { data } = context.getImageData(0, 0, width, height);
  const at = (x: number, y: number) => 4 * (y * width + x);
  const part = (i: number, r: number, g: number, b: number) =>
    r * (data[i] ?? 0) + g * (data[i + 1] ?? 0) + b * (data[i + 2] ?? 0);
  const area = width * height;
  const planes = new Uint8ClampedArray(area * 1.5);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = at(x, y);
      planes[y * width + x] = 16 + part(i, 65.481, 128.553, 24.966) / 255;
      if (x % 2 || y % 2) continue;
      const half = (y / 2) * (width / 2) + x / 2;
      planes[area + half] = 128 + part(i, -37.797, -74.203, 112) / 255;
      planes[area * 1.25 + half] = 128 + part(i, 112, -93.786, -18.214) / 255;
    }
  }
  let binary = '';
  for (let i = 0; i < planes.length; i += 32_768) {
    binary += String.fromCharCode(...planes.subarray(i, i + 32_768));
  }
  return btoa(binary);
}
