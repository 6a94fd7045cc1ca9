import type { CDPSession, Page } from '@playwright/test';

/** Memory that a page uses. */
export interface Memory {
  /** Size of all objects, strings and closures, in bytes. */
  readonly objects: number;
  /** Size of the whole heap in bytes, including machine code; reported, not checked. */
  readonly heap: number;
  readonly nodes: number;
  readonly eventListeners: number;
}

/** Prepares a page for `memory`. */
export async function watchMemory(page: Page): Promise<CDPSession> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable');
  await devtools.send('HeapProfiler.enable');
  return devtools;
}

/** Memory after a thorough garbage collection. */
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

/** Kinds of nodes that the program itself keeps, as opposed to those of the engine and the browser. */
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

/** Total size of nodes of those kinds in a heap snapshot, in bytes. */
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

/** The parts of V8's heap snapshot used here: every node is a run of numbers, described by `meta`. */
interface HeapSnapshot {
  readonly snapshot: {
    readonly meta: {
      readonly node_fields: readonly string[];
      readonly node_types: readonly [readonly string[], ...unknown[]];
    };
  };
  readonly nodes: readonly number[];
}
