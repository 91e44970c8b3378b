import { AdoptionSpecSchema } from "../../schema/adoption.ts";
import type { Run } from "../../schema/run.ts";
import { TrainingRunSpecSchema } from "../../schema/trainingRun.ts";

/** Returns the version that a run makes: one of a training or an adoption. Null for other kinds. */
export function versionMade({ kind, spec }: Pick<Run, "kind" | "spec">): string | null {
  if (kind === "training") return TrainingRunSpecSchema.safeParse(spec).data?.version ?? null;
  if (kind === "adoption") return AdoptionSpecSchema.safeParse(spec).data?.version ?? null;
  return null;
}
