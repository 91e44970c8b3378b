import path from "node:path";
import { Failure } from "../../../shared/domain/failure.ts";
import type { Run, RunRemoved } from "../../../shared/schema/run.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { temporaryBeside } from "../files/temporaryFile.ts";
import { identityTag } from "../processes/processIdentity.ts";
import { listArtifacts } from "./runFolder.ts";
import { isFinal, type StoredRun } from "./runStore.ts";

/** Why a run that has ended must stay, in words; null where it need not. */
export type Kept = (run: Run) => Promise<string | null>;

/** Removes a run's folder whole. For the holder of the lock. @throws Failure where the run goes on or is needed. */
export async function removeRun(
  files: FileLayer,
  { run, owned }: StoredRun,
  kept: Kept,
): Promise<RunRemoved> {
  if (owned || (run.status !== "paused" && run.status !== "interrupted" && !isFinal(run.status))) {
    throw new Failure("bad-value", `run ${run.id} is ${run.status}: it cannot be removed while it goes on`, {
      hint: `\`namewright runs cancel ${run.id}\` stops it first.`,
    });
  }
  const reason = await kept(run);
  if (reason !== null) {
    throw new Failure("bad-value", `run ${run.id} is kept: ${reason}`, {
      hint: "Promote another run in its place first; nothing was removed.",
    });
  }
  const { bytes } = await listArtifacts(run.folder);
  // One rename takes it out of sight: what a death leaves behind is no half a run, and the next start removes it.
  const aside = temporaryBeside(run.folder, identityTag(await files.identity()));
  await files.rename(run.folder, aside);
  await files.remove(aside);
  return { id: run.id, folder: path.normalize(run.folder), freedBytes: bytes };
}
