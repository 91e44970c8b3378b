/** A timer this much too late, in milliseconds, means that this process itself stood still. */
const stoodStillMs = 500;
/** How long is listened then, in milliseconds. */
const listenMs = 2000;

/**
 * Calls `expire` after `ms`, as a timer does. Where this process stood still meanwhile (a laptop's sleep, SIGSTOP, a
 * long collection of garbage), timers are due before anything is read, and what came in time still waits in a socket or
 * a pipe: then it listens for a moment first. @returns what takes the timer back.
 */
export function patientTimeout(ms: number, expire: () => void): () => void {
  const due = performance.now() + ms;
  let timer = setTimeout(() => {
    if (performance.now() < due + stoodStillMs) expire();
    else timer = setTimeout(expire, listenMs);
  }, ms);
  return () => clearTimeout(timer);
}
