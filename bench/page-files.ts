import { build } from 'esbuild';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A file that a browser may request. */
export interface PageFile {
  /** MIME type. */
  readonly type: string;
  readonly body: string;
}

/** By path. */
export type PageFiles = ReadonlyMap<string, PageFile>;

const folder = join(import.meta.dirname, 'pages');

/** The benchmark's own pages; their scripts are bundled with their imports. */
export async function pageFiles(): Promise<PageFiles> {
  const files = await Promise.all(
    ['floor', 'codelab', 'bare'].map(async (name): Promise<readonly (readonly [string, PageFile])[]> => [
      [
        `/bench/${name}.html`,
        { type: 'text/html; charset=utf-8', body: await readFile(join(folder, `${name}.html`), 'utf8') },
      ],
      [`/bench/${name}.js`, { type: 'text/javascript', body: await bundle(`${name}.ts`) }],
    ]),
  );
  return new Map(files.flat());
}

async function bundle(name: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(folder, name)],
    bundle: true,
    write: false,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    logLevel: 'error',
  });
  return outputFiles[0]?.text ?? '';
}
