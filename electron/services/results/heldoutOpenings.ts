import path from "node:path";
import { z } from "zod";
import type { FileLayer } from "../files/fileLayer.ts";

/**
 * One look at the held-out rows: of which test set, for which two files, and when. `look` "rows": a person read the
 * rows themselves, of two files or of one that stands as both.
 */
export const OpeningSchema = z.strictObject({
  at: z.string(),
  testSet: z.string(),
  baseline: z.string(),
  candidate: z.string(),
  look: z.literal("rows").optional(),
});
export type Opening = z.infer<typeof OpeningSchema>;

const fileName = "heldout-openings.jsonl";

/**
 * Notes that the held-out rows were opened and answers how often they have been, this time included: each look
 * at them weakens what a small p says. Null where the folder cannot be written, so that a read-only workspace or
 * the sample can still be compared. Lines that a power cut tore are passed over.
 */
export async function countOpening(
  files: Pick<FileLayer, "appendLine" | "exists" | "readText">,
  stateFolder: string,
  opening: Opening,
): Promise<number | null> {
  const file = path.join(stateFolder, fileName);
  try {
    await files.appendLine(file, JSON.stringify(opening));
    return openingsIn(await files.readText(file), opening.testSet);
  } catch {
    return null;
  }
}

/** How often they have been opened so far; null where that cannot be read. */
export async function readOpenings(
  files: Pick<FileLayer, "exists" | "readText">,
  stateFolder: string,
  testSet: string,
): Promise<number | null> {
  const file = path.join(stateFolder, fileName);
  try {
    return (await files.exists(file)) ? openingsIn(await files.readText(file), testSet) : 0;
  } catch {
    return null;
  }
}

/** Every look at held-out rows that was noted; none where nothing can be read. */
export async function listOpenings(
  files: Pick<FileLayer, "exists" | "readText">,
  stateFolder: string,
): Promise<Opening[]> {
  const file = path.join(stateFolder, fileName);
  if (!(await files.exists(file))) return [];
  return (await files.readText(file)).split("\n").flatMap((line) => openingOf(line) ?? []);
}

function openingsIn(text: string, testSet: string): number {
  return text.split("\n").filter((line) => openingOf(line)?.testSet === testSet).length;
}

function openingOf(line: string): Opening | null {
  try {
    return OpeningSchema.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
}
