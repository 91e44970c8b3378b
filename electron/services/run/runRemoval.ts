import path from "node:path";
import { Failure } from "../../../shared/domain/failure.ts";
import type { Run, RunRemoved } from "../../../shared/schema/run.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { temporaryBeside } from "../files/temporaryFile.ts";
import { identityTag } from "../processes/processIdentity.mjs";
import { listArtifacts } from "./runFolder.ts";
import { isFinal, type StoredRun } from "./runStore.ts";

/** Returns why a finished run must be kept; null when it can be removed. */
export type Kept = (run: Run) => Promise<string | null>;

/** Removes a run's folder. Requires the workspace lock. @throws Failure when the run is active or needed. */
export async function removeRun(
  files: FileLayer,
  { run, owned }: StoredRun,
  kept: Kept,
): Promise<RunRemoved> {
  if (owned || (run.status !== "paused" && run.status !== "interrupted" && !isFinal(run.status))) {
    throw new Failure("bad-value", `run ${run.id} is ${run.status}, so it can't be removed yet`, {
      hint: `Stop it first with \`namewright runs cancel ${run.id}\`.`,
    });
  }
  const reason = await kept(run);
  if (reason !== null) {
    throw new Failure("bad-value", `run ${run.id} can't be removed: ${reason}`, {
      hint: "Promote another run of this version first. Nothing was removed.",
    });
  }
  const { bytes } = await listArtifacts(run.folder);
  // One rename hides the folder, so that a crash never leaves half a run. The next start removes the rest.
  const aside = temporaryBeside(run.folder, identityTag(await files.identity()));
  await files.rename(run.folder, aside);
  await files.remove(aside);
  return { id: run.id, folder: path.normalize(run.folder), freedBytes: bytes };
}
