import path from "node:path";
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
interface Line {
  queue: Promise<unknown>;
  /** The current holder, followed by those that wait. */
  readonly turns: string[];
}

/**
 * Queues by file layer and lock file. A process may have several workspaces open, and the file doesn't show which of
 * them holds the lease.
 */
const lines = new WeakMap<FileLayer, Map<string, Line>>();

function lineOf(files: FileLayer, file: string): Line {
  const ofFiles = lines.get(files) ?? new Map<string, Line>();
  lines.set(files, ofFiles);
  const line = ofFiles.get(file) ?? { queue: Promise.resolve(), turns: [] };
  ofFiles.set(file, line);
  return line;
}

/** Creates the lease with a lock file in the user's data folder, shared by all workspaces on the machine. */
export function createLease(files: FileLayer, userData: string): AcceleratorLease {
  const file = leaseFile(userData);
  const line = lineOf(files, file);
  const { turns } = line;

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
    hold(holder, body, { signal, onWait }) {
      if (turns[0] !== undefined) onWait(turns[0]);
      turns.push(holder);
      let begun = false;
      const turn = line.queue.then(async () => {
        const release = await acquire(holder, signal, onWait);
        begun = true;
        try {
          return await body();
        } finally {
          await release();
        }
      });
      line.queue = turn.catch(() => {}).then(() => turns.shift());
      // A cancelled turn doesn't wait for the turns before it.
      return unlessAborted(turn, signal, () => begun);
    },
  };
}

/** Returns the turn, but rejects at once when the signal is aborted before it starts. */
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
