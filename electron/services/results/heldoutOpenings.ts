import path from "node:path";
import { z } from "zod";
import type { FileLayer } from "../files/fileLayer.ts";

/**
 * One look at the held-out rows: the test set, the two files and the time. `look` "rows": the user read the rows
 * themselves, of two files or of one file that counts as both.
 */
const OpeningSchema = z.strictObject({
  at: z.string(),
  testSet: z.string(),
  baseline: z.string(),
  candidate: z.string(),
  look: z.literal("rows").optional(),
});
export type Opening = z.infer<typeof OpeningSchema>;

const fileName = "heldout-openings.jsonl";

/**
 * Records that the held-out rows were opened and returns how often, including this time: each look weakens what a small
 * p-value says. Null when the folder can't be written, so that a read-only workspace or the sample can still be
 * compared. Skips lines torn by a power cut.
 */
export async function countOpening(
  files: Pick<FileLayer, "appendLine" | "exists" | "readText">,
  stateFolder: string,
  opening: Opening,
): Promise<number | null> {
  try {
    await files.appendLine(path.join(stateFolder, fileName), JSON.stringify(opening));
  } catch {
    return null;
  }
  return readOpenings(files, stateFolder, opening.testSet);
}

/** Returns how often the held-out rows have been opened so far; null when that can't be read. */
export async function readOpenings(
  files: Pick<FileLayer, "exists" | "readText">,
  stateFolder: string,
  testSet: string,
): Promise<number | null> {
  try {
    const openings = await listOpenings(files, stateFolder);
    return openings.filter((opening) => opening.testSet === testSet).length;
  } catch {
    return null;
  }
}

/** Returns every recorded look at held-out rows; unreadable lines are skipped. */
export async function listOpenings(
  files: Pick<FileLayer, "exists" | "readText">,
  stateFolder: string,
): Promise<Opening[]> {
  const file = path.join(stateFolder, fileName);
  if (!(await files.exists(file))) return [];
  return (await files.readText(file)).split("\n").flatMap((line) => openingOf(line) ?? []);
}

function openingOf(line: string): Opening | null {
  try {
    return OpeningSchema.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
}
