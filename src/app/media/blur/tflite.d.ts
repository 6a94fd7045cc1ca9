/** TensorFlow Lite as WebAssembly, built by Emscripten for pictures and one model at a time. */
declare module '@twilio/video-processors/dist/build/tflite-simd-1-0-0.js' {
  export interface Tflite {
    /** The memory; replaced when it grows. */
    readonly HEAPU8: Uint8Array;
    readonly HEAPF32: Float32Array;
    /** Offsets in bytes. */
    _getModelBufferMemoryOffset(): number;
    _getInputMemoryOffset(): number;
    _getOutputMemoryOffset(): number;
    _getInputWidth(): number;
    _getInputHeight(): number;
    /** 0 on success, as for `_runInference`. */
    _loadModel(bytes: number): number;
    _runInference(): number;
  }

  /** Rejects where WebAssembly or its SIMD is missing. */
  export default function createTwilioTFLiteSIMDModule(options: {
    readonly wasmBinary: ArrayBuffer;
  }): Promise<Tflite>;
}
