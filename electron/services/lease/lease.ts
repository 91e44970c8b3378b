import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { FileLayer } from "../files/fileLayer.ts";
import { tryHold } from "./lockFile.ts";

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

/** The file by which it is held. */
export function leaseFile(userData: string): string {
  return path.join(userData, "accelerator.lease.json");
}

/** Those of one process who want the lease. */
interface Line {
  queue: Promise<unknown>;
  /** Whose turn it is, and who waits behind. */
  readonly turns: string[];
}

/**
 * By the process's file layer and the lease's file: a process may have several workspaces open, and its own name in the
 * file tells nobody which of them holds it.
 */
const lines = new WeakMap<FileLayer, Map<string, Line>>();

function lineOf(files: FileLayer, file: string): Line {
  const ofFiles = lines.get(files) ?? new Map<string, Line>();
  lines.set(files, ofFiles);
  const line = ofFiles.get(file) ?? { queue: Promise.resolve(), turns: [] };
  ofFiles.set(file, line);
  return line;
}

/** The lease by a file in the user's data folder: whichever workspace a process works in, the machine has one. */
export function createLease(files: FileLayer, userData: string): AcceleratorLease {
  const file = leaseFile(userData);
  const line = lineOf(files, file);
  const { turns } = line;

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
