import path from "node:path";
import type { NamedResults } from "../../../shared/domain/comparison/compare.ts";
import { Failure } from "../../../shared/domain/failure.ts";
import {
  type Comparison,
  type ComparisonSettings,
  ComparisonSettingsSchema,
} from "../../../shared/schema/comparison.ts";
import type { CompareRequest } from "../../../shared/schema/compute.ts";
import { VersionSchema } from "../../../shared/schema/workspace.ts";
import { correctionFiles, readCorrected } from "../evaluation/correctedResults.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import type { WorkerPort } from "../platform.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { compareFiles } from "./comparing.ts";
import { countOpening } from "./heldoutOpenings.ts";

export interface ComparisonSetting {
  readonly files: FileLayer;
  readonly workspace: Workspace;
  readonly now: () => Date;
  /** A host whose event loop others wait for gives a worker; without one, comparing is done here. */
  readonly launchCompute?: (() => WorkerPort) | undefined;
}

export interface CompareFiles {
  /** A version, or a path (relative ones are looked for from where the process runs, then in the workspace). */
  readonly baseline: string;
  readonly candidate: string;
  readonly settings?: ComparisonSettings;
  readonly pooledSlices?: Readonly<Record<string, readonly string[]>> | undefined;
}

export interface ComparisonService {
  /**
   * Compares two versions or results files and counts the opening of their held-out rows.
   * Throws Failure `missing` where a file is not there, `bad-value` where it cannot be read.
   */
  compare(request: CompareFiles): Promise<Comparison>;
  /** A version's results, or those at a path. Throws as `compare`. */
  open(versionOrFile: string): Promise<NamedResults>;
}

/** Harmful topics of the sample's test set that its first dataset says nothing of; shown together too. */
export const leftOutTopics = [
  "phishing",
  "forged-documents",
  "wildlife",
  "stalking",
  "exam-cheating",
  "rigged-gambling",
] as const;

const defaultPools = { "left-out topics": leftOutTopics };

export function createComparisonService(setting: ComparisonSetting): ComparisonService {
  const { files, workspace, now, launchCompute } = setting;
  const open = async (versionOrFile: string): Promise<NamedResults> => {
    const { name, file, corrections } = await locate(files, workspace, versionOrFile);
    return { name, results: (await readCorrected(files, file, corrections)).results };
  };
  return {
    open,
    compare: async ({ baseline, candidate, settings, pooledSlices }) => {
      const [one, other] = [
        await locate(files, workspace, baseline),
        await locate(files, workspace, candidate),
      ];
      const { comparison, testSet } = await compareFiles(files, launchCompute, {
        kind: "compare",
        baseline: one,
        candidate: other,
        settings: settings ?? ComparisonSettingsSchema.parse({}),
        pooledSlices: mutable(pooledSlices ?? defaultPools),
      });
      // The sample is read, never written: looks at it are not counted.
      if (testSet === null || workspace.sample) return comparison;
      const opening = { at: now().toISOString(), testSet, baseline: one.name, candidate: other.name };
      return {
        ...comparison,
        heldoutOpenings: await countOpening(files, workspace.paths.state, opening),
      };
    },
  };
}

function mutable(pools: Readonly<Record<string, readonly string[]>>): Record<string, string[]> {
  return Object.fromEntries(Object.entries(pools).map(([name, slices]) => [name, [...slices]]));
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
