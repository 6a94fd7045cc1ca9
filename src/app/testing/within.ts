/** The configuration that karma.conf.cjs passes to its pages. */
interface Karma {
  readonly config?: { readonly limitFactor?: number };
}

const { config } = (globalThis as { readonly __karma__?: Karma }).__karma__ ?? {};

/**
 * Time limit for something that takes `milliseconds` on an idle machine: several times as long, and longer where the
 * machine was found to be slow. The limit ends a spec that hangs; it is no claim about speed.
 *
 * @param milliseconds time on an idle machine
 * @returns ms
 */
export const within = (milliseconds: number): number => milliseconds * (config?.limitFactor ?? 3);
