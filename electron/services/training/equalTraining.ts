import { isDeepStrictEqual } from "node:util";
import type { Run } from "../../../shared/schema/run.ts";
import {
  type EnsuredTraining,
  type TrainingRunSpec,
  TrainingRunSpecSchema,
} from "../../../shared/schema/trainingRun.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { findModelFolder } from "../model/modelFolder.ts";
import { findAdapter } from "../model/trainedAdapter.ts";
import type { RunService } from "../run/runService.ts";
import type { Workspace } from "../workspace/workspace.ts";

interface Place {
  readonly files: FileLayer;
  readonly workspace: Workspace;
  readonly runs: Pick<RunService, "list" | "resume">;
}

/** Returns the settings that decide what is trained. A probe may since have changed how fast it is. */
function decisive({ trainer, ...spec }: TrainingRunSpec) {
  const { threads: _threads, workers: _workers, ...settings } = trainer;
  return { ...spec, trainer: settings };
}

async function isPromoted({ files, workspace }: Place, version: string, run: Run): Promise<boolean> {
  const model = await findModelFolder(files, workspace, version);
  if (model === null) return false;
  const [made, promoted] = [await findAdapter(files, run.folder), await findAdapter(files, model)];
  return made !== null && made.adapterHash === promoted?.adapterHash;
}

interface EqualTraining {
  readonly run: Run;
  readonly state: "trained" | "running" | "stopped";
}

/**
 * Returns the newest run that trains exactly this: the one that the version comes from, one in progress, or a stopped one.
 * Null when there is none.
 */
async function findEqual(place: Place, spec: TrainingRunSpec): Promise<EqualTraining | null> {
  const wanted = decisive(spec);
  const { runs } = await place.runs.list();
  const equal = runs.filter(({ kind, spec: other }) => {
    const parsed = kind === "training" ? TrainingRunSpecSchema.safeParse(other).data : undefined;
    return parsed !== undefined && isDeepStrictEqual(decisive(parsed), wanted);
  });
  for (const run of equal) {
    if (run.status === "succeeded") {
      if (await isPromoted(place, spec.version, run)) return { run, state: "trained" };
    } else if (run.status === "running" || run.status === "queued") {
      return { run, state: "running" };
    } else {
      return { run, state: "stopped" };
    }
  }
  return null;
}

/** As `findEqual`, and resumes a stopped one. */
export async function equalTraining(place: Place, spec: TrainingRunSpec): Promise<EnsuredTraining | null> {
  const equal = await findEqual(place, spec);
  if (equal === null) return null;
  const { run, state } = equal;
  return state === "stopped"
    ? { run: (await place.runs.resume(run.id)).run, state: "resumed" }
    : { run, state };
}

/** Whether a training would replace the version's adapter: the version has one, and it comes from another training. */
export async function wouldReplace(place: Place, spec: TrainingRunSpec): Promise<boolean> {
  if ((await findModelFolder(place.files, place.workspace, spec.version)) === null) return false;
  return (await findEqual(place, spec))?.state !== "trained";
}
