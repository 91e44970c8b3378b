import path from "node:path";
import { unlessAborted } from "../async/abort.ts";
import { SerialQueue } from "../async/serialQueue.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { acquireLock } from "./lockFile.mjs";

const pollMs = 300;

/**
 * A lock for the machine's accelerator. Training, parity and inference queue for it, within and between processes.
 * `onWait` receives each holder once. An abort while waiting rejects with the signal's reason.
 */
export interface AcceleratorLease {
  hold<T>(
    holder: string,
    body: () => Promise<T>,
    options: { signal: AbortSignal; onWait(holder: string): void },
  ): Promise<T>;
}

/** Returns the lock file. */
export function leaseFile(userData: string): string {
  return path.join(userData, "accelerator.lease.json");
}

/** The queue of one process for the lease. */
interface LeaseQueue {
  readonly turns: SerialQueue;
  /** The current holder, followed by those that wait. */
  readonly holders: string[];
}

/**
 * Queues by file layer and lock file. A process may have several workspaces open, and the file doesn't show which of
 * them holds the lease.
 */
const queues = new WeakMap<FileLayer, Map<string, LeaseQueue>>();

function queueOf(files: FileLayer, file: string): LeaseQueue {
  const ofFiles = queues.get(files) ?? new Map<string, LeaseQueue>();
  queues.set(files, ofFiles);
  const queue = ofFiles.get(file) ?? { turns: new SerialQueue(), holders: [] };
  ofFiles.set(file, queue);
  return queue;
}

/** Creates the lease with a lock file in the user's data folder, shared by all workspaces on the machine. */
export function createLease(files: FileLayer, userData: string): AcceleratorLease {
  const file = leaseFile(userData);
  const { turns, holders } = queueOf(files, file);

  function acquire(holder: string, signal: AbortSignal, onWait: (holder: string) => void) {
    let reported: string | null = null;
    return acquireLock(files, file, holder, {
      pollMs,
      signal,
      onBusy({ purpose }) {
        if (reported !== purpose) onWait(purpose);
        reported = purpose;
      },
    });
  }

  return {
    async hold(holder, body, { signal, onWait }) {
      if (holders[0] !== undefined) onWait(holders[0]);
      holders.push(holder);
      const acquired = Promise.withResolvers<void>();
      const turn = turns.run(async () => {
        try {
          const release = await acquire(holder, signal, onWait);
          acquired.resolve();
          try {
            return await body();
          } finally {
            await release();
          }
        } finally {
          holders.shift();
        }
      });
      // A cancelled turn doesn't wait for the turns before it.
      await unlessAborted(Promise.race([acquired.promise, turn]), signal);
      return turn;
    },
  };
}
