import path from "node:path";
import { Failure } from "../../../shared/domain/failure.ts";
import type { StudyReading, StudyRequest } from "../../../shared/schema/study.ts";
import type { Compute } from "../compute/compute.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import type { Workspace } from "../workspace/workspace.ts";

export interface StudyDependencies {
  readonly files: FileLayer;
  readonly workspace: Workspace;
  readonly compute: Compute;
}

export interface StudyService {
  /**
   * Re-reads the published study from its two results files, or from the stored figures. Nothing is written.
   * Throws `Failure` `missing` for a file that doesn't exist, `bad-value` for one that isn't in the study's format.
   */
  read(request: StudyRequest): Promise<StudyReading>;
}

export function createStudyService({ files, workspace, compute }: StudyDependencies): StudyService {
  const located = async (given: string) => {
    // From the current folder first, then from the workspace, as `compare` does.
    for (const file of [path.resolve(given), path.resolve(workspace.folder, given)])
      if (await files.exists(file)) return { name: path.basename(file, ".csv"), file, corrections: null };
    throw new Failure("missing", `${given} doesn't exist`, {
      file: given,
      hint: "Give the two results files of the study, v1 first.",
    });
  };
  return {
    async read({ files: two }) {
      if (two == null) return (await compute.ask({ kind: "study", files: null })).reading;
      const [baseline, candidate] = [await located(two.baseline), await located(two.candidate)];
      if (baseline.file === candidate.file)
        throw new Failure("bad-value", `can't compare ${baseline.name} with itself`, {
          file: baseline.file,
          hint: "Give two different files: the results of v1 and of v2.",
        });
      return (await compute.ask({ kind: "study", files: { baseline, candidate } })).reading;
    },
  };
}
