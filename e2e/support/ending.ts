/** What ends a program without its `exit` event. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Does this when the program ends, however it does, unless the returned function is called before. */
export function whenEnding(clear: () => void): () => void {
  const bySignal = (signal: NodeJS.Signals) => {
    clear();
    forget();
    process.kill(process.pid, signal);
  };
  const forget = () => {
    process.off('exit', clear);
    for (const signal of SIGNALS) process.off(signal, bySignal);
  };
  process.once('exit', clear);
  for (const signal of SIGNALS) process.once(signal, bySignal);
  return forget;
}
