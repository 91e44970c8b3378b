import { randomBytes } from "node:crypto";
import { z } from "zod";
import { RunOwnerSchema } from "../../../shared/schema/run.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { isAbsent } from "../files/primitives.ts";
import { isAlive } from "../processes/processIdentity.ts";

const HolderSchema = z.strictObject({
  /** What it is held for, in words: a run's id, "import dataset_v2". */
  purpose: z.string(),
  owner: RunOwnerSchema,
  /** Tells one holding from the next of the same process. */
  token: z.string(),
});
export type Holder = z.infer<typeof HolderSchema>;

/** What came of an attempt to hold: ours until `release`, or held by another living process. */
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

/** Whether nobody holds by this file any more: emptied by hand, its process gone, or left by this very process. */
async function isStale(files: FileLayer, holder: Holder | null): Promise<boolean> {
  if (holder === null) return true;
  const own = await files.identity();
  const { pid, host, startedAt } = holder.owner;
  // The caller sees to it that this process holds once at a time: its own name in the file is a release that failed.
  if (pid === own.pid && host === own.host && startedAt === own.startedAt) return true;
  return !(await isAlive(holder.owner));
}

/**
 * Takes a stale file away. Two may see the same stale one: only who holds the guard looks again and removes, so that
 * nobody removes the living one that has taken its place.
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

/** Tries once to hold by a file. The file is made whole in one step; that of a dead process is taken over. */
export async function tryHold(files: FileLayer, file: string, purpose: string): Promise<Attempt> {
  const holder: Holder = { purpose, owner: await files.identity(), token: randomBytes(8).toString("hex") };
  const text = `${JSON.stringify(holder)}\n`;
  // Few rounds: between a look and the next step others may take and release it.
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

/** Whether a living process, other than this one, holds by a file; nothing is taken or removed. */
export async function isHeldByAnother(files: FileLayer, file: string): Promise<boolean> {
  const found = await readHolder(files, file);
  return found !== null && !(await isStale(files, found.holder));
}

async function release(files: FileLayer, file: string, text: string): Promise<void> {
  // A file that cannot be removed now is recognised as left over by the next who looks.
  const found = await readHolder(files, file).catch(() => null);
  if (found?.text === text) await files.remove(file).catch(() => {});
}
