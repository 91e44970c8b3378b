import path from "node:path";
import { z } from "zod";
import type { HeldoutLook } from "../../../shared/schema/looks.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { sha256 } from "../hashing/hashing.ts";
import type { ComparedLook } from "./look.ts";

/** A line of the counter of earlier versions, `.namewright/heldout-openings.jsonl`. */
const OpeningSchema = z.strictObject({
  at: z.string(),
  testSet: z.string(),
  baseline: z.string(),
  candidate: z.string(),
  look: z.literal("rows").optional(),
});

/**
 * Returns the looks that earlier versions counted. They counted each time a comparison was shown and didn't record its
 * results, so the comparisons of two versions are one look until a version was evaluated again.
 */
export async function openingLooks(
  files: Pick<FileLayer, "exists" | "readText">,
  stateFolder: string,
): Promise<HeldoutLook[]> {
  const file = path.join(stateFolder, "heldout-openings.jsonl");
  if (!(await files.exists(file))) return [];
  const looks = new Map<string, HeldoutLook>();
  for (const line of (await files.readText(file)).split("\n")) {
    const look = lookIn(line);
    if (look !== null && !looks.has(look.id)) looks.set(look.id, look);
  }
  return [...looks.values()];
}

function lookIn(line: string): HeldoutLook | null {
  const opening = parsed(line);
  if (opening === null) return null;
  const { at, testSet, baseline, candidate } = opening;
  const kind = opening.look === "rows" ? "reading" : "decision";
  const id = sha256(["opening", kind, testSet, ...[baseline, candidate].sort()].join("\n")).slice(0, 16);
  const look = { id, at, testSet, budget: null, baseline, candidate };
  return kind === "reading" ? { kind, ...look, runs: null } : { kind, ...look, results: null };
}

function parsed(line: string): z.infer<typeof OpeningSchema> | null {
  try {
    return OpeningSchema.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
}

/**
 * Returns whether an earlier version counted this comparison: the same two versions, both evaluated before the look.
 * A run's ID starts with its time.
 */
export function sameDecision(known: HeldoutLook, { baseline, candidate, of }: ComparedLook): boolean {
  if (known.kind !== "decision" || known.results !== null) return false;
  const names = [known.baseline, known.candidate].sort();
  const compared = [baseline, candidate].sort();
  const looked = known.at.replace(/[-:]/g, "").slice(0, 15);
  return (
    names.join("\n") === compared.join("\n") &&
    of.runIds.every((run) => /^\d{8}T\d{6}/.test(run) && run.slice(0, 15) <= looked)
  );
}
