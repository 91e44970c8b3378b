import type { Server } from "node:http";

/** As long as a page's next request may be on its way, in milliseconds. */
const pauseMs = 15;

/**
 * Tells when a server has nothing to do: at once where no request is open and none was of late. Work that keeps the
 * event loop busy asks before each of its steps, so that a page does not wait for its files; when it has them, it is
 * busy itself for a while, with starting its code.
 */
export function createQuiet(server: Server): () => Promise<void> {
  let open = 0;
  let quietFrom = 0;
  let waiting: (() => void)[] = [];
  let timer: NodeJS.Timeout | undefined;

  function settle(): void {
    if (open > 0 || waiting.length === 0) return;
    clearTimeout(timer);
    const left = quietFrom - performance.now();
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
      quietFrom = performance.now() + pauseMs;
      settle();
    });
  });
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      // What has already come is heard first.
      setImmediate(settle);
    });
}
