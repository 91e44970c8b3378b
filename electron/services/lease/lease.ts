import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { RunOwnerSchema } from "../../../shared/schema/run.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { isAlive, ownIdentity } from "../run/processIdentity.ts";

const LeaseSchema = z.strictObject({ holder: z.string(), owner: RunOwnerSchema });

const pollMs = 300;

/**
 * The one accelerator of the machine: training, parity and inference queue for it, within a process and between
 * processes. `onWait` is told who holds it, once per holder.
 */
export interface AcceleratorLease {
  hold<T>(
    holder: string,
    body: () => Promise<T>,
    options: { signal: AbortSignal; onWait(holder: string): void },
  ): Promise<T>;
}

export function createLease(files: FileLayer, userData: string): AcceleratorLease {
  const file = path.join(userData, "accelerator.lease.json");
  let queue: Promise<unknown> = Promise.resolve();
  let holding: string | null = null;

  /** Who holds it in another, living process; null where nobody does. */
  async function foreignHolder(): Promise<string | null> {
    if (!(await files.exists(file))) return null;
    try {
      const lease = LeaseSchema.parse(JSON.parse(await files.readText(file)));
      if (lease.owner.pid === process.pid || !(await isAlive(lease.owner))) return null;
      return lease.holder;
    } catch {
      // Unreadable or just being removed: nobody we could wait for.
      return null;
    }
  }

  async function acquire(
    holder: string,
    signal: AbortSignal,
    onWait: (holder: string) => void,
  ): Promise<void> {
    let told: string | null = null;
    const identity = await ownIdentity();
    for (;;) {
      signal.throwIfAborted();
      const other = await foreignHolder();
      if (other === null) {
        await files.writeAtomic(file, `${JSON.stringify({ holder, owner: identity })}\n`);
        // Two may have written at once: the last rename stands, and only its writer goes on.
        await wait(20);
        if ((await foreignHolder()) === null) return;
        continue;
      }
      if (told !== other) onWait(other);
      told = other;
      await wait(pollMs, undefined, { signal }).catch(() => {});
    }
  }

  return {
    hold(holder, body, { signal, onWait }) {
      if (holding !== null) onWait(holding);
      const turn = queue.then(async () => {
        await acquire(holder, signal, onWait);
        holding = holder;
        try {
          return await body();
        } finally {
          holding = null;
          await files.remove(file);
        }
      });
      queue = turn.catch(() => {});
      return turn;
    },
  };
}
