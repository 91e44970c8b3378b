import path from "node:path";
import type { NamedResults } from "../../../shared/domain/comparison/namedResults.ts";
import { Failure } from "../../../shared/domain/failure.ts";
import type { ComparisonShift, ComparisonView } from "../../../shared/schema/alignedRows.ts";
import {
  type Comparison,
  type ComparisonSettings,
  ComparisonSettingsSchema,
} from "../../../shared/schema/comparison.ts";
import type { NamedFile } from "../../../shared/schema/compute.ts";
import { VersionSchema } from "../../../shared/schema/workspace.ts";
import { filesBehind, resultsFilesOf } from "../compute/requestFiles.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { sha256, sha256OfFile } from "../hashing/hashing.ts";
import { readNamed, versionFiles } from "../results/correctedResults.ts";
import { countOpening } from "../results/heldoutOpenings.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { type ComparedRows, createComparedRows } from "./comparedRows.ts";
import type { ComparisonDependencies, TwoFiles } from "./dependencies.ts";

export interface CompareFiles extends TwoFiles {
  readonly settings?: ComparisonSettings;
  /** Defaults to the pools in namewright.json. */
  readonly pooledSlices?: Record<string, string[]> | undefined;
}

export interface ComparisonService extends ComparedRows {
  /**
   * Compares two versions or results files and counts the opening of their held-out rows.
   * Throws `Failure` `missing` for a file that doesn't exist, `bad-value` for one that can't be read.
   */
  compare(request: CompareFiles): Promise<Comparison>;
  /** Compares and returns the data for the figures too; counted as one opening. Throws as `compare`. */
  view(request: CompareFiles): Promise<ComparisonView>;
  /** Returns a hash of both files and their corrections, to detect an outdated comparison. Throws as `compare`. */
  revision(request: TwoFiles): Promise<{ revision: string }>;
  /** Opens a version's results, or those at a path. Throws as `compare`. */
  open(versionOrFile: string): Promise<NamedResults>;
}

export function createComparisonService(setting: ComparisonDependencies): ComparisonService {
  const { files, workspace, now, compute } = setting;
  const open = async (versionOrFile: string): Promise<NamedResults> =>
    readNamed(files, await locate(files, workspace, versionOrFile));
  const locateBoth = async ({ baseline, candidate }: TwoFiles) => ({
    baseline: await locate(files, workspace, baseline),
    candidate: await locate(files, workspace, candidate),
  });
  const compareOnce = async (request: CompareFiles, withShift: boolean): Promise<Compared> => {
    const both = await locateBoth(request);
    // Such a comparison shows nothing, but would count as a look at the held-out rows.
    const own = resultsFilesOf(both.baseline);
    if (resultsFilesOf(both.candidate).some((file) => own.includes(file)))
      throw new Failure("bad-value", `can't compare ${both.baseline.name} with itself`, {
        file: both.baseline.file,
        hint: "Select another version or file as the candidate.",
      });
    const { comparison, shift, testSet } = await compute.ask({
      kind: "compare",
      ...both,
      settings: request.settings ?? ComparisonSettingsSchema.parse({}),
      pooledSlices: request.pooledSlices ?? workspace.config.slicePools ?? {},
      withShift,
    });
    // The sample is read-only, so looks at its rows aren't counted.
    if (testSet === null || workspace.sample) return { comparison, shift };
    const [baseline, candidate] = [both.baseline.name, both.candidate.name];
    const opening = { at: now().toISOString(), testSet, baseline, candidate };
    const heldoutOpenings = await countOpening(files, workspace.paths.state, opening);
    return { comparison: { ...comparison, heldoutOpenings }, shift };
  };
  return {
    open,
    compare: async (request) => (await compareOnce(request, false)).comparison,
    view: async (request) => {
      const { comparison, shift } = await compareOnce(request, true);
      if (shift === null) throw new Error("the comparison returned no shift for its view");
      return { comparison, shift };
    },
    revision: async (request) => {
      const { baseline, candidate } = await locateBoth(request);
      const hashes: string[] = [];
      for (const file of [...filesBehind(baseline), ...filesBehind(candidate)])
        hashes.push((await files.exists(file)) ? await sha256OfFile(file) : "none");
      return { revision: sha256(hashes.join("\n")) };
    },
    ...createComparedRows(setting, locateBoth),
  };
}

interface Compared {
  readonly comparison: Comparison;
  readonly shift: ComparisonShift | null;
}

async function locate(files: FileLayer, workspace: Workspace, versionOrFile: string): Promise<NamedFile> {
  if (VersionSchema.safeParse(versionOrFile).success) {
    return versionFiles(files, workspace, versionOrFile);
  }
  for (const file of [path.resolve(versionOrFile), path.resolve(workspace.folder, versionOrFile)]) {
    if (await files.exists(file)) return { name: path.basename(file, ".csv"), file, corrections: null };
  }
  throw new Failure("missing", `${versionOrFile} is neither a version nor a results file`, {
    file: versionOrFile,
    hint: "Use a version such as v1 or base, or the path to a results CSV file.",
  });
}
