import type { NamedResults } from "../../../shared/domain/comparison/namedResults.ts";
import { groupResults } from "../../../shared/domain/comparison/seedGroup.ts";
import { columnIndex, readTable, valueAt } from "../../../shared/domain/csv/table.ts";
import { Failure } from "../../../shared/domain/failure.ts";
import { type ResolvedLabel, resolveLabel } from "../../../shared/domain/judging/label.ts";
import { applyOverrides, type Corrections, correctionsOf } from "../../../shared/domain/overrides/apply.ts";
import { readResults } from "../../../shared/domain/results/read.ts";
import { memberResultsOf } from "../../../shared/domain/workspace/seeds.ts";
import { staleResults, stampFacts } from "../../../shared/domain/workspace/stale.ts";
import { evaluationCommand } from "../../../shared/domain/workspace/threshold.ts";
import type { CorrectionFiles, NamedFile } from "../../../shared/schema/compute.ts";
import { type Label, LabelSchema } from "../../../shared/schema/dataset.ts";
import type { WorkspaceHashes } from "../../../shared/schema/overview.ts";
import type { Results } from "../../../shared/schema/result.ts";
import { resultsPattern } from "../../../shared/schema/workspace.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { sha256 } from "../hashing/hashing.ts";
import { readFrozenLabels } from "../judge/labelFiles.ts";
import { readOverrides } from "../judge/overrideFile.ts";
import { describeWorkspace, type Workspace } from "../workspace/workspace.ts";

/** Results with the user's corrections applied, and as the judge left them in the file. */
export interface CorrectedResults {
  readonly results: Results;
  readonly asJudged: Results;
  readonly corrections: Corrections;
}

/** Returns the path of a version's results. @throws Failure `missing` when there are none, with the seeds it has. */
export async function resultsFileOf(
  files: FileLayer,
  workspace: Workspace,
  version: string,
): Promise<string> {
  const file = workspace.paths.results(version);
  if (await files.exists(file)) return file;
  const seeds = await seedsOf(files, workspace, version);
  throw new Failure("missing", `no results for ${version} at ${file}`, {
    file,
    hint:
      seeds.length === 0
        ? `Create them with \`${evaluationCommand(version)}\`.`
        : `${version} was trained with several seeds. Choose one of ${seeds.join(", ")}.`,
  });
}

/** Returns the names of the results of a version that was trained with several seeds, evaluated or not; none for any other. */
async function seedsOf(files: FileLayer, workspace: Workspace, version: string): Promise<string[]> {
  const { versions, results } = await describeWorkspace(files, workspace);
  return memberResultsOf(version, [...versions, ...results]);
}

/**
 * Returns a version's results file with what corrects it, or those of its seeds.
 * @throws Failure `missing` when the version, or one of its seeds, has no results.
 */
export async function versionFiles(
  files: FileLayer,
  workspace: Workspace,
  version: string,
): Promise<NamedFile> {
  const one = async (name: string) => ({
    name,
    file: await resultsFileOf(files, workspace, name),
    corrections: await correctionFiles(files, workspace, name),
  });
  const members: NamedFile[] = [];
  for (const seed of await seedsOf(files, workspace, version)) members.push(await one(seed));
  const [first] = members;
  if (first === undefined) return one(version);
  // A single seed goes by its own name: it is compared with its own adapter.
  return members.length === 1 ? first : { ...first, name: version, members };
}

const overridesName = new RegExp(`^model_(${resultsPattern})-overrides\\.csv$`);

/** Lists every overrides file of a workspace, because a label set for one version counts for all. */
async function overrideFiles(files: FileLayer, workspace: Workspace): Promise<string[]> {
  const { data } = workspace.paths;
  const names = (await files.exists(data)) ? await files.list(data) : [];
  return names
    .flatMap((name) => overridesName.exec(name)?.[1] ?? [])
    .sort()
    .map((version) => workspace.paths.overrides(version));
}

/** Returns the paths of the files that correct a version's results, so that a worker can read them. */
export async function correctionFiles(
  files: FileLayer,
  workspace: Workspace,
  version: string,
): Promise<CorrectionFiles> {
  const own = workspace.paths.overrides(version);
  return {
    own,
    others: (await overrideFiles(files, workspace)).filter((file) => file !== own),
    testSet: workspace.paths.testSet,
    frozenLabels: workspace.paths.frozenLabels,
  };
}

async function hashOf(files: FileLayer, file: string): Promise<string> {
  return (await files.exists(file)) ? sha256(await files.read(file)) : "";
}

/** Returns a hash that changes with a results file (`hash`, its SHA-256) and with everything that corrects it. */
export async function revisionOf(files: FileLayer, hash: string, from: CorrectionFiles): Promise<string> {
  const others = [from.own, ...from.others, from.testSet, from.frozenLabels];
  const hashes = await Promise.all(others.map((one) => hashOf(files, one)));
  return sha256([hash, ...hashes].join("\n"));
}

/** Reads the corrections that count for a version: all label overrides and its own score overrides. */
export async function readCorrections(
  files: FileLayer,
  { own, others }: Pick<CorrectionFiles, "own" | "others">,
): Promise<Corrections> {
  const labels = await Promise.all(others.map((file) => readOverrides(files, file)));
  return correctionsOf(await readOverrides(files, own), labels.flat());
}

/** Reads a results file and applies corrections. @throws Failure `bad-value` for an invalid file. */
export async function readCorrected(
  files: FileLayer,
  file: string,
  from: CorrectionFiles | null,
): Promise<CorrectedResults> {
  const asJudged = readResults(await files.read(file), file);
  if (from === null) return { results: asJudged, asJudged, corrections: correctionsOf([]) };
  const corrections = await readCorrections(files, from);
  return { results: await applied(files, asJudged, corrections, from), asJudged, corrections };
}

/**
 * Reads a results file, or those of a version's seeds, with corrections and a name, and finds what changed after a
 * version's evaluation where `hashes` says what the workspace has now. Throws as `readCorrected`.
 */
export async function readNamed(
  files: FileLayer,
  { name, file, corrections, members }: NamedFile,
  hashes: WorkspaceHashes | null = null,
): Promise<NamedResults> {
  if (members !== undefined) {
    return groupResults(name, await Promise.all(members.map((member) => readNamed(files, member, hashes))));
  }
  const { results } = await readCorrected(files, file, corrections);
  // A file from elsewhere belongs to no version of this workspace.
  if (corrections === null || hashes === null || results.stamp === null) return { name, results };
  const stamp = stampFacts(results.stamp);
  return { name, results, stale: staleResults({ version: name, stamp }, hashes) };
}

/** Applies label corrections, but keeps the judge's scores. */
export async function withLabels(
  files: FileLayer,
  results: Results,
  from: CorrectionFiles,
): Promise<Results> {
  return applied(files, results, { ...(await readCorrections(files, from)), scores: new Map() }, from);
}

async function applied(
  files: FileLayer,
  results: Results,
  corrections: Corrections,
  from: CorrectionFiles,
): Promise<Results> {
  const wasRemoved = results.rows.some(
    ({ labelSource, description }) => labelSource === "override" && !corrections.labels.has(description),
  );
  const labels = wasRemoved ? await labelsWithoutOverrides(files, from) : undefined;
  return applyOverrides(results, corrections, labels);
}

/** Returns the labels in a test set's column by description; null when there is no test set. */
export async function columnLabels(
  files: FileLayer,
  testSet: string,
): Promise<ReadonlyMap<string, Label | null> | null> {
  if (!(await files.exists(testSet))) return null;
  const table = readTable(await files.read(testSet), testSet);
  const [description, label] = [columnIndex(table, "description"), columnIndex(table, "label")];
  return new Map(
    table.records.map((_, at) => {
      const value = valueAt(table, at + 1, label)
        .trim()
        .toLowerCase();
      return [valueAt(table, at + 1, description), LabelSchema.safeParse(value).data ?? null];
    }),
  );
}

/** Returns a lookup of labels: the test set's column first, then the frozen labels; null when in neither. */
async function labelsWithoutOverrides(
  files: FileLayer,
  { testSet, frozenLabels }: CorrectionFiles,
): Promise<(description: string) => ResolvedLabel | null> {
  const columns = await columnLabels(files, testSet);
  if (columns === null) return () => null;
  const frozen = new Map(
    (await readFrozenLabels(files, frozenLabels)).map((row) => [row.description, row.label]),
  );
  return (of) => (columns.has(of) ? resolveLabel({ column: columns.get(of), frozen: frozen.get(of) }) : null);
}
