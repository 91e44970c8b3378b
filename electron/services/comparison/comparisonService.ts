import path from "node:path";
import type { NamedResults } from "../../../shared/domain/comparison/namedResults.ts";
import { changedBy, decisionPreset } from "../../../shared/domain/comparison/settings.ts";
import { Failure } from "../../../shared/domain/failure.ts";
import { versionOfResults } from "../../../shared/domain/workspace/threshold.ts";
import type { ComparisonShift, ComparisonView } from "../../../shared/schema/alignedRows.ts";
import {
  type Comparison,
  ComparisonSettingsSchema,
  type DecisionSettings,
} from "../../../shared/schema/comparison.ts";
import type { NamedFile } from "../../../shared/schema/compute.ts";
import type { ComparisonChanges } from "../../../shared/schema/decisionSettings.ts";
import { ResultsNameSchema } from "../../../shared/schema/workspace.ts";
import { filesBehind, resultsFilesOf } from "../compute/requestFiles.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { sha256, sha256OfFile } from "../hashing/hashing.ts";
import { readNamed, versionFiles } from "../results/correctedResults.ts";
import { changeConfig, refreshConfig } from "../workspace/changeConfig.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { type ComparedRows, createComparedRows } from "./comparedRows.ts";
import type { ComparisonDependencies, TwoFiles } from "./dependencies.ts";

export interface CompareFiles extends TwoFiles {
  /** What differs from the workspace's settings. */
  readonly settings?: ComparisonChanges;
  /** Defaults to the pools in namewright.json. */
  readonly pooledSlices?: Record<string, string[]> | undefined;
}

export interface ComparisonService extends ComparedRows {
  /**
   * Compares two versions or results files and counts the look at their held-out rows.
   * Throws `Failure` `missing` for a file that doesn't exist, `bad-value` for one that can't be read.
   */
  compare(request: CompareFiles): Promise<Comparison>;
  /** Compares and returns the data for the figures too; counted as the same look. Throws as `compare`. */
  view(request: CompareFiles): Promise<ComparisonView>;
  /**
   * Returns a hash of both files, their corrections, the decision settings and what the versions depend on, to detect an
   * outdated comparison. Throws as `compare`.
   */
  revision(request: TwoFiles): Promise<{ revision: string }>;
  /** Writes the `decision` block of namewright.json. Throws as `changeConfig`. */
  saveSettings(settings: DecisionSettings): Promise<DecisionSettings>;
  /** Opens a version's results, or those at a path. Throws as `compare`. */
  open(versionOrFile: string): Promise<NamedResults>;
}

export function createComparisonService(setting: ComparisonDependencies): ComparisonService {
  const { files, workspace, compute, looks } = setting;
  /** Returns what the versions among these files are checked against; null when none is a version. */
  const hashesFor = async (named: readonly NamedFile[]) => {
    const versions = versionsAmong(named);
    return versions.length === 0 ? null : setting.hashes(versions);
  };
  const open = async (versionOrFile: string): Promise<NamedResults> => {
    const named = await locate(files, workspace, versionOrFile);
    return readNamed(files, named, await hashesFor([named]));
  };
  const locateBoth = async ({ baseline, candidate }: TwoFiles) => ({
    baseline: await locate(files, workspace, baseline),
    candidate: await locate(files, workspace, candidate),
  });
  const compareOnce = async (request: CompareFiles, withShift: boolean): Promise<Compared> => {
    await refreshConfig(files, workspace);
    const both = await locateBoth(request);
    refuseItself(both);
    const { seed, draws, ...changes } = request.settings ?? {};
    const preset = decisionPreset(workspace.config);
    const settings = changedBy(preset, changes);
    // Counted before it is shown: the place of this look decides at which level the comparison is made.
    const { look: of } = await compute.ask({ kind: "look", ...both });
    const [baseline, candidate] = [both.baseline.name, both.candidate.name];
    const counted =
      of === null
        ? null
        : await looks.record({ kind: "decision", baseline, candidate, of }, settings.lookBudget);
    const { comparison, shift } = await compute.ask({
      kind: "compare",
      ...both,
      hashes: await hashesFor([both.baseline, both.candidate]),
      looks: counted,
      settings: ComparisonSettingsSchema.parse({ ...settings, seed, draws }),
      preset,
      pooledSlices: request.pooledSlices ?? workspace.config.slicePools ?? {},
      withShift,
    });
    return { comparison, shift };
  };
  return {
    open,
    compare: async (request) => (await compareOnce(request, false)).comparison,
    view: async (request) => {
      const { comparison, shift } = await compareOnce(request, true);
      if (shift === null) throw new Error("the comparison returned no shift for its view");
      return { comparison, shift };
    },
    saveSettings: async (settings) => {
      await changeConfig(files, workspace, (config) => ({ ...config, decision: settings }));
      return settings;
    },
    revision: async (request) => {
      const { baseline, candidate } = await locateBoth(request);
      const hashes: string[] = [];
      for (const file of [...filesBehind(baseline), ...filesBehind(candidate)])
        hashes.push((await files.exists(file)) ? await sha256OfFile(file) : "none");
      hashes.push(JSON.stringify(await hashesFor([baseline, candidate])));
      // A decision depends on the workspace's settings too.
      await refreshConfig(files, workspace);
      hashes.push(JSON.stringify(decisionPreset(workspace.config)));
      return { revision: sha256(hashes.join("\n")) };
    },
    ...createComparedRows(setting, locateBoth),
  };
}

/** Returns the versions that files belong to, each of several seeds on its own. */
function versionsAmong(named: readonly NamedFile[]): string[] {
  return named
    .flatMap((one) => one.members ?? [one])
    .filter(({ corrections }) => corrections !== null)
    .map(({ name }) => versionOfResults(name));
}

/** Such a comparison shows nothing, but would count as a look at the held-out rows. */
function refuseItself({ baseline, candidate }: { baseline: NamedFile; candidate: NamedFile }): void {
  const own = resultsFilesOf(baseline);
  if (!resultsFilesOf(candidate).some((file) => own.includes(file))) return;
  throw new Failure("bad-value", `can't compare ${baseline.name} with itself`, {
    file: baseline.file,
    hint: "Select another version or file as the candidate.",
  });
}

interface Compared {
  readonly comparison: Comparison;
  readonly shift: ComparisonShift | null;
}

async function locate(files: FileLayer, workspace: Workspace, versionOrFile: string): Promise<NamedFile> {
  if (ResultsNameSchema.safeParse(versionOrFile).success) {
    return versionFiles(files, workspace, versionOrFile);
  }
  for (const file of [path.resolve(versionOrFile), path.resolve(workspace.folder, versionOrFile)]) {
    if (!(await files.exists(file))) continue;
    const own = resultsNameAt(workspace, file);
    return own !== null
      ? locate(files, workspace, own)
      : { name: path.basename(file, ".csv"), file, corrections: null };
  }
  throw new Failure("missing", `${versionOrFile} is neither a version nor a results file`, {
    file: versionOrFile,
    hint: "Use a version such as v1 or base, or the path to a results CSV file.",
  });
}

/** Returns the name of the workspace's results at a path, so that a path avoids no check; null: they are elsewhere. */
function resultsNameAt({ paths }: Workspace, file: string): string | null {
  const name = /^model_(.+)-results\.csv$/.exec(path.basename(file))?.[1];
  if (name === undefined || !ResultsNameSchema.safeParse(name).success) return null;
  return path.resolve(paths.results(name)) === file ? name : null;
}
