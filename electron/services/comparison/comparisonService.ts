import path from "node:path";
import type { NamedResults } from "../../../shared/domain/comparison/namedResults.ts";
import { Failure } from "../../../shared/domain/failure.ts";
import type { ComparisonShift, ComparisonView } from "../../../shared/schema/alignedRows.ts";
import {
  type Comparison,
  type ComparisonSettings,
  ComparisonSettingsSchema,
} from "../../../shared/schema/comparison.ts";
import type { CompareRequest } from "../../../shared/schema/compute.ts";
import { VersionSchema } from "../../../shared/schema/workspace.ts";
import { filesBehind } from "../compute/requestFiles.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { sha256, sha256OfFile } from "../hashing/hashing.ts";
import { correctionFiles, readCorrected } from "../results/correctedResults.ts";
import { countOpening } from "../results/heldoutOpenings.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { type ComparedRows, createComparedRows } from "./comparedRows.ts";
import type { ComparisonDependencies, TwoFiles } from "./dependencies.ts";

export interface CompareFiles extends TwoFiles {
  readonly settings?: ComparisonSettings;
  /** By default the pools that namewright.json names. */
  readonly pooledSlices?: Record<string, string[]> | undefined;
}

export interface ComparisonService extends ComparedRows {
  /**
   * Compares two versions or results files and counts the opening of their held-out rows.
   * Throws Failure `missing` where a file is not there, `bad-value` where it cannot be read.
   */
  compare(request: CompareFiles): Promise<Comparison>;
  /** The same with what its figures need; counted as one opening. Throws as `compare`. */
  view(request: CompareFiles): Promise<ComparisonView>;
  /** Changes with either file and with a person's corrections of it: what was compared before may be old. Throws as `compare`. */
  revision(request: TwoFiles): Promise<{ revision: string }>;
  /** A version's results, or those at a path. Throws as `compare`. */
  open(versionOrFile: string): Promise<NamedResults>;
}

export function createComparisonService(setting: ComparisonDependencies): ComparisonService {
  const { files, workspace, now, compute } = setting;
  const open = async (versionOrFile: string): Promise<NamedResults> => {
    const { name, file, corrections } = await locate(files, workspace, versionOrFile);
    return { name, results: (await readCorrected(files, file, corrections)).results };
  };
  const locateBoth = async ({ baseline, candidate }: TwoFiles) => ({
    baseline: await locate(files, workspace, baseline),
    candidate: await locate(files, workspace, candidate),
  });
  const compareOnce = async (request: CompareFiles, withShift: boolean): Promise<Compared> => {
    const both = await locateBoth(request);
    // Nothing is to be learnt by it, and it would count as a look at the held-out rows.
    if (both.baseline.file === both.candidate.file)
      throw new Failure("bad-value", `${both.baseline.name} is compared with itself`, {
        file: both.baseline.file,
        hint: "Choose another version or file as the candidate.",
      });
    const { comparison, shift, testSet } = await compute.ask({
      kind: "compare",
      ...both,
      settings: request.settings ?? ComparisonSettingsSchema.parse({}),
      pooledSlices: request.pooledSlices ?? workspace.config.slicePools ?? {},
      withShift,
    });
    // The sample is read, never written: looks at it are not counted.
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
      if (shift === null) throw new Error("a view was asked for and none came");
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

async function locate(
  files: FileLayer,
  workspace: Workspace,
  versionOrFile: string,
): Promise<CompareRequest["baseline"]> {
  if (VersionSchema.safeParse(versionOrFile).success) {
    const file = workspace.paths.results(versionOrFile);
    if (await files.exists(file)) {
      const corrections = await correctionFiles(files, workspace, versionOrFile);
      return { name: versionOrFile, file, corrections };
    }
    throw new Failure("missing", `there are no results of ${versionOrFile} at ${file}`, {
      file,
      hint: `Make them with \`namewright eval --version ${versionOrFile}\`.`,
    });
  }
  for (const file of [path.resolve(versionOrFile), path.resolve(workspace.folder, versionOrFile)]) {
    if (await files.exists(file)) return { name: path.basename(file, ".csv"), file, corrections: null };
  }
  throw new Failure("missing", `${versionOrFile} is neither a version nor a results file`, {
    file: versionOrFile,
    hint: "Give a version such as v1 or base, or the path of a results CSV.",
  });
}
