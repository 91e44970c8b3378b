/**
 * Does work that answers many at once, one after the other: who asks while it runs shares the next answer with everybody
 * else who waits, since the work in progress may have looked before the asker's own change.
 */
export function coalesced<Value>(work: () => Promise<Value>): () => Promise<Value> {
  let running: Promise<Value> | null = null;
  let next: Promise<Value> | null = null;

  function start(): Promise<Value> {
    const started = work().finally(() => {
      running = null;
    });
    running = started;
    return started;
  }

  return () => {
    if (running === null && next === null) return start();
    next ??= (running ?? Promise.resolve())
      .catch(() => {})
      .then(() => {
        next = null;
        return start();
      });
    return next;
  };
}
