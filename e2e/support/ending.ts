/** Signals that end a program without an `exit` event. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Calls `clear` when the program ends in any way, unless the returned function is called first. */
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
