/**
 * Returns a function that runs `work` for many callers, one run at a time. Callers that arrive during a run share the
 * next one, because the current run may have read its input before their change.
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
