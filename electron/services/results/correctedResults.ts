import { columnIndex, readTable, valueAt } from "../../../shared/domain/csv/table.ts";
import { Failure } from "../../../shared/domain/failure.ts";
import { type ResolvedLabel, resolveLabel } from "../../../shared/domain/judging/label.ts";
import { applyOverrides, type Corrections, correctionsOf } from "../../../shared/domain/overrides/apply.ts";
import { readResults } from "../../../shared/domain/results/read.ts";
import type { CorrectionFiles } from "../../../shared/schema/compute.ts";
import { type Label, LabelSchema } from "../../../shared/schema/dataset.ts";
import type { Results } from "../../../shared/schema/result.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { sha256 } from "../hashing/hashing.ts";
import { readFrozenLabels } from "../judge/labelFiles.ts";
import { readOverrides } from "../judge/overrideFile.ts";
import type { Workspace } from "../workspace/workspace.ts";

/** Results with a person's corrections in place, and the judge's word as it lies in the file. */
export interface CorrectedResults {
  readonly results: Results;
  readonly asJudged: Results;
  readonly corrections: Corrections;
}

/** Where a version's results lie. @throws Failure `missing` where there are none. */
export async function resultsFileOf(
  files: FileLayer,
  workspace: Workspace,
  version: string,
): Promise<string> {
  const file = workspace.paths.results(version);
  if (await files.exists(file)) return file;
  throw new Failure("missing", `there are no results of ${version} at ${file}`, {
    file,
    hint: `Make them with \`namewright eval --version ${version}\`.`,
  });
}

/** Every overrides file of a workspace: a label that was set on one version's screen holds for all. */
export async function overrideFiles(files: FileLayer, workspace: Workspace): Promise<string[]> {
  const { data } = workspace.paths;
  const names = (await files.exists(data)) ? await files.list(data) : [];
  return names
    .flatMap((name) => /^model_(base|v\d+)-overrides\.csv$/.exec(name)?.[1] ?? [])
    .sort()
    .map((version) => workspace.paths.overrides(version));
}

/** Where the corrections of a version's results lie; the paths only, so that a worker can read them. */
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

/** Changes with a results file (`hash`, its sha256) and with everything that corrects it. */
export async function revisionOf(files: FileLayer, hash: string, from: CorrectionFiles): Promise<string> {
  const others = [from.own, ...from.others, from.testSet, from.frozenLabels];
  const hashes = await Promise.all(others.map((one) => hashOf(files, one)));
  return sha256([hash, ...hashes].join("\n"));
}

/** A person's corrections that count for a version: all label overrides, and its own scores. */
export async function readCorrections(
  files: FileLayer,
  { own, others }: Pick<CorrectionFiles, "own" | "others">,
): Promise<Corrections> {
  const labels = await Promise.all(others.map((file) => readOverrides(files, file)));
  return correctionsOf(await readOverrides(files, own), labels.flat());
}

/** Reads a results file and applies a person's corrections. @throws Failure `bad-value` for a file that is none. */
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

/** Results with a person's labels, but with the judge's scores as they are. */
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
  const takenBack = results.rows.some(
    ({ labelSource, description }) => labelSource === "override" && !corrections.labels.has(description),
  );
  return applyOverrides(
    results,
    corrections,
    takenBack ? await labelsWithoutOverrides(files, from) : undefined,
  );
}

/** The labels of a test set's own column, by description; null where there is no test set. */
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

/** The label of a description by the test set's column, else the frozen one; null: it is in neither. */
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
