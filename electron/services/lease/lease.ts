import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { FileLayer } from "../files/fileLayer.ts";
import { tryHold } from "./holderFile.ts";

const pollMs = 300;

/**
 * The one accelerator of the machine: training, parity and inference queue for it, within a process and between
 * processes. `onWait` is told who holds it, once per holder. Where `signal` is aborted while it waits, it rejects
 * with the signal's reason.
 */
export interface AcceleratorLease {
  hold<T>(
    holder: string,
    body: () => Promise<T>,
    options: { signal: AbortSignal; onWait(holder: string): void },
  ): Promise<T>;
}

/** The lease by a file in the user's data folder: whichever workspace a process works in, the machine has one. */
export function createLease(files: FileLayer, userData: string): AcceleratorLease {
  const file = path.join(userData, "accelerator.lease.json");
  let queue: Promise<unknown> = Promise.resolve();
  /** Whose turn it is in this process, and who waits behind. */
  const turns: string[] = [];

  async function acquire(holder: string, signal: AbortSignal, onWait: (holder: string) => void) {
    let told: string | null = null;
    for (;;) {
      signal.throwIfAborted();
      const attempt = await tryHold(files, file, holder);
      if (attempt.kind === "held") return attempt.release;
      const other = attempt.holder.purpose;
      if (told !== other) onWait(other);
      told = other;
      await wait(pollMs, undefined, { signal }).catch(() => {});
    }
  }

  return {
    hold(holder, body, { signal, onWait }) {
      if (turns[0] !== undefined) onWait(turns[0]);
      turns.push(holder);
      let begun = false;
      const turn = queue.then(async () => {
        const release = await acquire(holder, signal, onWait);
        begun = true;
        try {
          return await body();
        } finally {
          await release();
        }
      });
      queue = turn.catch(() => {}).then(() => turns.shift());
      // A turn that is cancelled in the queue does not wait for those before it to end.
      return unlessAborted(turn, signal, () => begun);
    },
  };
}

/** The turn; rejects at once where the signal is aborted before it has begun. */
function unlessAborted<T>(turn: Promise<T>, signal: AbortSignal, begun: () => boolean): Promise<T> {
  return new Promise((resolve, reject) => {
    const leave = () => {
      if (!begun()) reject(signal.reason);
    };
    if (signal.aborted) leave();
    signal.addEventListener("abort", leave, { once: true });
    turn.then(resolve, reject).finally(() => signal.removeEventListener("abort", leave));
  });
}
