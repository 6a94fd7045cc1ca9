/** What karma.conf.cjs tells its pages. */
interface Karma {
  readonly config?: { readonly limitFactor?: number };
}

const { config } = (globalThis as { readonly __karma__?: Karma }).__karma__ ?? {};

/**
 * How long a spec waits for what an idle machine does in a given time: several times as long, and longer where the
 * machine was found to be slow. A limit ends a spec that hangs; it is no claim about time.
 *
 * @param milliseconds time on an idle machine
 * @returns ms
 */
export const within = (milliseconds: number): number => milliseconds * (config?.limitFactor ?? 3);
