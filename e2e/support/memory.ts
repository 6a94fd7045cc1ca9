import type { CDPSession, Page } from '@playwright/test';

/** What a page holds. */
export interface Memory {
  /** All objects, strings and closures, bytes. */
  readonly objects: number;
  /** The whole heap, machine code too; told, not judged. */
  readonly heap: number;
  readonly nodes: number;
  readonly eventListeners: number;
}

/** Lets `memory` look at a page. */
export async function watchMemory(page: Page): Promise<CDPSession> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable');
  await devtools.send('HeapProfiler.enable');
  return devtools;
}

/** What is left after a thorough collection. */
export async function memory(devtools: CDPSession): Promise<Memory> {
  for (let times = 0; times < 3; times++) await devtools.send('HeapProfiler.collectGarbage');
  const { metrics } = await devtools.send('Performance.getMetrics');
  const metric = (name: string) => metrics.find((one) => one.name === name)?.value ?? Number.NaN;
  return {
    objects: await sizeOfObjects(devtools),
    heap: metric('JSHeapUsedSize'),
    nodes: metric('Nodes'),
    eventListeners: metric('JSEventListeners'),
  };
}

/** What the program itself keeps, not what the engine and the browser make of it. */
const kept = new Set([
  'object',
  'array',
  'string',
  'concatenated string',
  'sliced string',
  'closure',
  'regexp',
  'number',
  'bigint',
]);

/** Bytes in a heap snapshot that are of those kinds. */
async function sizeOfObjects(devtools: CDPSession): Promise<number> {
  const chunks: string[] = [];
  const collect = ({ chunk }: { readonly chunk: string }) => void chunks.push(chunk);
  devtools.on('HeapProfiler.addHeapSnapshotChunk', collect);
  await devtools.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  devtools.off('HeapProfiler.addHeapSnapshotChunk', collect);
  const { snapshot, nodes } = JSON.parse(chunks.join('')) as HeapSnapshot;
  const { node_fields: fields, node_types: types } = snapshot.meta;
  const [type, size] = [fields.indexOf('type'), fields.indexOf('self_size')];
  let sum = 0;
  for (let node = 0; node < nodes.length; node += fields.length)
    if (kept.has(types[0][nodes[node + type] ?? -1] ?? '')) sum += nodes[node + size] ?? 0;
  return sum;
}

/** V8's heap snapshot, as far as it matters here: every node is a run of numbers, described by `meta`. */
interface HeapSnapshot {
  readonly snapshot: {
    readonly meta: {
      readonly node_fields: readonly string[];
      readonly node_types: readonly [readonly string[], ...unknown[]];
    };
  };
  readonly nodes: readonly number[];
}
