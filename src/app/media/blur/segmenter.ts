import createTflite from '@twilio/video-processors/dist/build/tflite-simd-1-0-0.js';

import { MASK_HEIGHT, MASK_WIDTH } from './mask';

/** Tells a person from the background. */
export interface Segmenter {
  /**
   * @param picture `MASK_WIDTH` × `MASK_HEIGHT` pixels, RGBA
   * @returns for each pixel, how sure the model is that it belongs to a person, 0…1; valid until the next call
   */
  segment(picture: Uint8ClampedArray): Float32Array;
}

/** Addresses of the library's WebAssembly and of the model. */
export interface SegmenterFiles {
  readonly wasm: string;
  readonly model: string;
}

/** Time limit for each file, in ms. */
const LIMIT_MS = 30_000;

/** Time before a lost request is sent again, once, in ms. */
const PAUSE_MS = 1_000;

const load = async (url: string): Promise<ArrayBuffer> => {
  try {
    return await loadOnce(url);
  } catch (error) {
    // Fetch, `fetch()`: a network error rejects with a TypeError.
    if (!(error instanceof TypeError)) throw error;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    return loadOnce(url);
  }
};

const loadOnce = async (url: string): Promise<ArrayBuffer> => {
  const response = await fetch(url, { signal: AbortSignal.timeout(LIMIT_MS) });
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response.arrayBuffer();
};

/** Loads TensorFlow Lite and the model. Rejects when they don't arrive or don't fit this browser. */
export const loadSegmenter = async (files: SegmenterFiles): Promise<Segmenter> => {
  const [wasmBinary, model] = await Promise.all([load(files.wasm), load(files.model)]);
  const tflite = await createTflite({ wasmBinary });
  tflite.HEAPU8.set(new Uint8Array(model), tflite._getModelBufferMemoryOffset());
  if (tflite._loadModel(model.byteLength) !== 0) throw new Error('The model does not load.');
  if (tflite._getInputWidth() !== MASK_WIDTH || tflite._getInputHeight() !== MASK_HEIGHT) {
    throw new Error('The model has another size.');
  }
  const pixels = MASK_WIDTH * MASK_HEIGHT;
  return {
    segment: (picture) => {
      const memory = tflite.HEAPF32;
      const into = tflite._getInputMemoryOffset() / 4;
      for (let index = 0; index < pixels; index += 1) {
        memory[into + index * 3] = (picture[index * 4] ?? 0) / 255;
        memory[into + index * 3 + 1] = (picture[index * 4 + 1] ?? 0) / 255;
        memory[into + index * 3 + 2] = (picture[index * 4 + 2] ?? 0) / 255;
      }
      if (tflite._runInference() !== 0) throw new Error('The model does not run.');
      const from = tflite._getOutputMemoryOffset() / 4;
      return tflite.HEAPF32.subarray(from, from + pixels);
    },
  };
};
