import { randomBytes } from "node:crypto";
import { z } from "zod";
import { RunOwnerSchema } from "../../../shared/schema/run.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { isAbsent } from "../files/primitives.ts";
import { isAlive } from "../processes/processIdentity.ts";

const HolderSchema = z.strictObject({
  /** The purpose of the lock, such as a run's ID or "import dataset_v2". */
  purpose: z.string(),
  owner: RunOwnerSchema,
  /** Distinguishes locks of the same process. */
  token: z.string(),
});
export type Holder = z.infer<typeof HolderSchema>;

/** The result of an attempt: held until `release`, or held by another live process. */
export type Attempt =
  | { readonly kind: "held"; readonly release: () => Promise<void> }
  | { readonly kind: "busy"; readonly holder: Holder };

async function readHolder(
  files: FileLayer,
  file: string,
): Promise<{ text: string; holder: Holder | null } | null> {
  let text: string;
  try {
    text = await files.readText(file);
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
  try {
    return { text, holder: HolderSchema.safeParse(JSON.parse(text)).data ?? null };
  } catch {
    return { text, holder: null };
  }
}

/** Whether a lock is stale: invalid, of a dead process, or left over from this very process. */
async function isStale(files: FileLayer, holder: Holder | null): Promise<boolean> {
  if (holder === null) return true;
  const own = await files.identity();
  const { pid, host, startedAt } = holder.owner;
  // Callers hold a lock once per process at a time, so a lock of this process is one that wasn't released.
  if (pid === own.pid && host === own.host && startedAt === own.startedAt) return true;
  return !(await isAlive(holder.owner));
}

/**
 * Removes a stale lock. Two processes may see the same stale lock, so only the holder of a guard file checks again and
 * removes it. Otherwise one could remove the new lock of the other.
 */
async function clearStale(files: FileLayer, file: string): Promise<void> {
  const guard = `${file}.clearing`;
  const owner = await files.identity();
  const text = JSON.stringify({ purpose: "clearing", owner, token: randomBytes(8).toString("hex") });
  if (!(await files.writeNew(guard, text))) {
    const other = await readHolder(files, guard);
    if (other !== null && (await isStale(files, other.holder))) await files.remove(guard);
    return;
  }
  try {
    const held = await readHolder(files, file);
    if (held !== null && (await isStale(files, held.holder))) await files.remove(file);
  } finally {
    await files.remove(guard);
  }
}

/** Tries once to take a lock. The file is created in one step. The lock of a dead process is taken over. */
export async function tryHold(files: FileLayer, file: string, purpose: string): Promise<Attempt> {
  const holder: Holder = { purpose, owner: await files.identity(), token: randomBytes(8).toString("hex") };
  const text = `${JSON.stringify(holder)}\n`;
  // A few rounds, because others may take and release the lock between two steps.
  for (let round = 0; ; round += 1) {
    if (await files.writeNew(file, text)) return { kind: "held", release: () => release(files, file, text) };
    const found = await readHolder(files, file);
    if (found === null) continue;
    if (found.holder !== null && !(await isStale(files, found.holder)))
      return { kind: "busy", holder: found.holder };
    if (round > 20) throw new Error(`couldn't take over the stale lock ${file}`);
    await clearStale(files, file);
  }
}

/** Whether another live process holds the lock. Changes nothing. */
export async function isHeldByAnother(files: FileLayer, file: string): Promise<boolean> {
  const found = await readHolder(files, file);
  return found !== null && !(await isStale(files, found.holder));
}

async function release(files: FileLayer, file: string, text: string): Promise<void> {
  // A file that can't be removed is recognized as stale later.
  const found = await readHolder(files, file).catch(() => null);
  if (found?.text === text) await files.remove(file).catch(() => {});
}
