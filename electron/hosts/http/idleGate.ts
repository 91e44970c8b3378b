import type { Server } from "node:http";

/** The time in which a page's next request may follow, in milliseconds. */
const pauseMs = 15;

/**
 * Returns a function that resolves when the server is idle: no request is open and none ended recently. Work that
 * blocks the event loop awaits it before each step, so that a page doesn't wait for its files.
 */
export function createIdleGate(server: Server): () => Promise<void> {
  let open = 0;
  let idleFrom = 0;
  let waiting: (() => void)[] = [];
  let timer: NodeJS.Timeout | undefined;

  function settle(): void {
    if (open > 0 || waiting.length === 0) return;
    clearTimeout(timer);
    const left = idleFrom - performance.now();
    if (left > 0) {
      timer = setTimeout(settle, left);
      return;
    }
    for (const go of waiting) go();
    waiting = [];
  }
  server.on("request", (_request, response) => {
    open += 1;
    response.once("close", () => {
      open -= 1;
      idleFrom = performance.now() + pauseMs;
      settle();
    });
  });
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      // Requests that have already arrived come first.
      setImmediate(settle);
    });
}
