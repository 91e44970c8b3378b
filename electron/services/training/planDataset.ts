import { readTable, type Table } from "../../../shared/domain/csv/table.ts";
import { failureDetail } from "../../../shared/domain/failure.ts";
import { pluralize } from "../../../shared/domain/format/count.ts";
import { promptFor } from "../../../shared/domain/prompt/template.ts";
import type { TrainingSettings } from "../../../shared/domain/training/overrides.ts";
import { datasetOf } from "../../../shared/domain/workspace/seeds.ts";
import type { DatasetCheck } from "../../../shared/schema/compute.ts";
import type { PlanFinding } from "../../../shared/schema/trainingPlan.ts";
import type { TrainingRequest } from "../../../shared/schema/trainingRun.ts";
import { baseTokens } from "../base/baseTokens.ts";
import { fileSizes } from "../compute/fileSizes.ts";
import { longRows, type RowTokens } from "../dataset/rowTokens.ts";
import { sha256OfFile } from "../hashing/hashing.ts";
import { trainingPrompt } from "../prompts/trainingPrompt.ts";
import type { TrainingDependencies } from "./dependencies.ts";
import { countingTokens, longestRow, rowTexts } from "./longestRow.ts";
import { error, note, warning } from "./planFinding.ts";

/** Dataset checks by the hashes of dataset and test set, because a check depends only on their content. */
export type DatasetChecks = Map<string, Promise<DatasetCheck>>;

export interface DatasetPlanDependencies extends TrainingDependencies {
  readonly checks: DatasetChecks;
}

/** Checks a dataset and returns its findings for the plan. `isBusy`: a run uses the inference process. */
export async function inspectDataset(
  setting: DatasetPlanDependencies,
  { version, prompt }: Pick<TrainingRequest, "version" | "prompt">,
  settings: TrainingSettings,
  isBusy: boolean,
) {
  const { files, workspace } = setting;
  const file = workspace.paths.dataset(version);
  if (!(await files.exists(file))) {
    const missing = error(
      "no-dataset",
      `Dataset ${version} not found.`,
      "Select another dataset, or import one under Datasets.",
    );
    return { check: null, hash: null, longestRow: undefined, findings: [missing] };
  }
  try {
    const check = await checked(setting, file);
    const lengths = await inspectLengths(setting, { file, prompt }, settings, isBusy);
    return {
      check,
      hash: await sha256OfFile(file),
      longestRow: lengths.longest,
      findings: [...datasetFindings(check, version), ...lengths.findings],
    };
  } catch (thrown) {
    const { message, hint } = failureDetail(thrown);
    const unreadable = error("dataset-unreadable", message, hint);
    return { check: null, hash: null, longestRow: undefined, findings: [unreadable] };
  }
}

async function checked(setting: DatasetPlanDependencies, file: string): Promise<DatasetCheck> {
  const { files, workspace, checks, compute } = setting;
  const testSet = (await files.exists(workspace.paths.testSet)) ? workspace.paths.testSet : null;
  const key = `${await sha256OfFile(file)} ${testSet === null ? "" : await sha256OfFile(testSet)}`;
  const known = checks.get(key);
  if (known !== undefined) return known;
  const made = compute.ask({ kind: "check", dataset: file, testSet }).then((answer) => answer.check);
  checks.set(key, made);
  // A failed check may be tried again.
  made.catch(() => checks.delete(key));
  return made;
}

function datasetFindings(check: DatasetCheck, version: string): PlanFinding[] {
  const findings: PlanFinding[] = [];
  if (check.errors > 0) {
    const first = check.firstError === null ? "" : ` First: ${check.firstError}`;
    findings.push(
      error(
        "dataset-errors",
        `dataset_${datasetOf(version)} breaks ${pluralize(check.errors, "rule")}.${first}`,
        "Open the dataset under Datasets and fix the errors.",
      ),
    );
  }
  if (check.leaks > 0) {
    findings.push(
      error(
        "dataset-leaks",
        `${pluralize(check.leaks, "row is", "rows are")} also in the test set. Rows used for training can't be used for testing.`,
        "Datasets shows each pair of rows. Change or delete them.",
      ),
    );
  }
  if (check.rows !== null && check.rows.refusalsValidation === 0) {
    findings.push(
      warning(
        "no-refusals-validated",
        "The validation rows contain no refusals, so training can't measure refusals.",
        "With five or more refusals, at least one is used for validation.",
      ),
    );
  }
  if (check.warnings > 0) {
    findings.push(
      note(
        "dataset-warnings",
        `Lint found ${pluralize(check.warnings, "warning")} in dataset_${datasetOf(version)}.`,
      ),
    );
  }
  return findings;
}

/**
 * Finds the longest row, in tokens, and rows longer than the settings allow. Tokenizes only rows that may be those, and
 * never loads a large base for it.
 */
async function inspectLengths(
  setting: DatasetPlanDependencies,
  { file, prompt }: { file: string; prompt: string },
  settings: TrainingSettings,
  isBusy: boolean,
): Promise<{ longest: number | undefined; findings: PlanFinding[] }> {
  const { files } = setting;
  if ((await files.size(file)) >= fileSizes.tokenizedUpTo) return { longest: undefined, findings: [] };
  const { maxLength } = settings.optimisation;
  // The plan has a finding of its own for an unusable prompt.
  const template = await trainingPrompt(setting, prompt).catch(() => null);
  if (template === null) return { longest: undefined, findings: [] };
  const tokens = await baseTokens({
    ...setting,
    inference: async () => setting.inference,
    maxLength,
    prompt: (description) => promptFor(template.template, description),
  });
  const table = readTable(await files.read(file), file);
  if (tokens === null) return { longest: undefined, findings: [] };
  const longest = await longestIn(setting, table, { tokens, isBusy });
  const long = await longRows(table, tokens, false);
  const [first] = long;
  if (first === undefined) return { longest, findings: [] };
  const finding = error(
    "rows-too-long",
    `${pluralize(long.length, "row is", "rows are")} longer than ${tokens.trainingLimit} tokens. The first is row ${first.row}.`,
    'Increase the "Longest row" setting, or shorten the rows.',
  );
  return { longest, findings: [finding] };
}

async function longestIn(
  { files, inference, bases, workspace }: DatasetPlanDependencies,
  table: Table,
  { tokens, isBusy }: { tokens: RowTokens; isBusy: boolean },
): Promise<number | undefined> {
  const { gguf } = await bases.inspect(workspace);
  const rows = rowTexts(table, tokens.prompt);
  // A plan starts no process, and a busy one would answer only after its run.
  const count = countingTokens(files, inference, gguf, { mayLoad: false });
  return longestRow(rows, isBusy ? async () => null : count, tokens.around);
}
