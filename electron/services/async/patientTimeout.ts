/** A timer that fires this late, in milliseconds, means that this process was suspended. */
const stoodStillMs = 500;
/** How long a resumed process waits for pending input, in milliseconds. */
const listenMs = 2000;

/**
 * Calls `expire` after `ms`, as a timer does. After a suspension (sleep, SIGSTOP, a long garbage collection), timers
 * fire before pending input is read from sockets and pipes, so a late timer first waits a moment for that input.
 * @returns a function that cancels the timer
 */
export function patientTimeout(ms: number, expire: () => void): () => void {
  const due = performance.now() + ms;
  let timer = setTimeout(() => {
    if (performance.now() < due + stoodStillMs) expire();
    else timer = setTimeout(expire, listenMs);
  }, ms);
  return () => clearTimeout(timer);
}
