import { requireTestSet } from "../../../shared/domain/dataset/testSet.ts";
import { Failure } from "../../../shared/domain/failure.ts";
import { contentFor, type FilledPrompt } from "../../../shared/domain/prompt/template.ts";
import { hasAdapter } from "../../../shared/domain/workspace/version.ts";
import { ProvenanceSchema } from "../../../shared/schema/dataset.ts";
import type { EvaluationRequest, EvaluationSpec } from "../../../shared/schema/evaluation.ts";
import type { PromptUse } from "../../../shared/schema/prompt.ts";
import { baseTokens } from "../base/baseTokens.ts";
import { refuseLongRows } from "../dataset/rowTokens.ts";
import { provenanceFile } from "../dataset/versions.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { sha256 } from "../hashing/hashing.ts";
import { freezeLabels } from "../judge/freezeLabels.ts";
import type { PausePoint } from "../run/pauseGate.ts";
import type { Workspace } from "../workspace/workspace.ts";
import type { EvaluationDependencies } from "./dependencies.ts";
import type { JudgingSession } from "./judgingSession.ts";
import { type LabelledRow, withCurrentLabels } from "./labelledRows.ts";

/** Reads the test set's bytes. @throws Failure `missing` when there is none. */
export async function testSetBytes(files: FileLayer, workspace: Workspace): Promise<Uint8Array> {
  const file = workspace.paths.testSet;
  if (await files.exists(file)) return files.read(file);
  throw new Failure("missing", `no test set at ${file}`, {
    file,
    hint: "Add a test set there, or create one with `namewright dataset generate --test-set`.",
  });
}

export async function testSetHash(files: FileLayer, workspace: Workspace): Promise<string> {
  return sha256(await testSetBytes(files, workspace));
}

/** Throws `Failure` `bad-value` when prompts of the test set, or of its held-out rows only, are too long for the base. */
export async function refuseLongTestRows(
  setting: Pick<EvaluationDependencies, "files" | "workspace" | "platform" | "inference" | "bases">,
  bytes: Uint8Array,
  prompt: FilledPrompt,
  { emptyMeansRefuse, heldoutOnly }: Pick<EvaluationRequest, "emptyMeansRefuse" | "heldoutOnly">,
): Promise<void> {
  const { testSet } = setting.workspace.paths;
  const tokens = await baseTokens({
    ...setting,
    inference: async () => setting.inference,
    prompt: (description: string) => contentFor(prompt, description),
  });
  if (tokens === null) return;
  const heldout = heldoutOnly ? evaluatedRows(bytes, testSet, { emptyMeansRefuse, heldoutOnly }) : null;
  const evaluated = heldout === null ? null : new Set(heldout.map(({ row }) => row));
  await refuseLongRows(bytes, testSet, tokens, evaluated);
}

/** Reads the test set that an evaluation was started on. @throws Failure when it is missing or has changed. */
export async function sameTestSet(
  files: FileLayer,
  workspace: Workspace,
  { inputs }: EvaluationSpec,
): Promise<Uint8Array> {
  const { testSet } = workspace.paths;
  const bytes = await testSetBytes(files, workspace);
  if (sha256(bytes) === inputs.testSet) return bytes;
  throw new Failure("bad-value", `conflict: ${testSet} changed after this evaluation started`, {
    file: testSet,
    hint: "Start a new evaluation. This one would mix two revisions of the test set.",
  });
}

/** Returns the rows that an evaluation generates for. @throws Failure `bad-value` when none is held out but asked for */
export function evaluatedRows(
  bytes: Uint8Array,
  file: string,
  { emptyMeansRefuse, heldoutOnly }: Pick<EvaluationSpec, "emptyMeansRefuse" | "heldoutOnly">,
) {
  const { rows } = requireTestSet(bytes, file, { emptyMeansRefuse });
  if (heldoutOnly !== true) return rows;
  const heldout = rows.filter(({ split }) => split === "heldout");
  if (heldout.length > 0) return heldout;
  throw new Failure("bad-value", `${file} has no held-out rows`, {
    file,
    hint: "Mark rows as `heldout` in its split column, or evaluate all rows.",
  });
}

/**
 * Returns the test rows with the labels that count. The LLM judge labels a row without one in three calls, and the
 * label is frozen. The rule judge gives no labels, so there the row stays unlabelled. Null: a limit was reached first.
 */
export async function labelledRows(options: {
  files: FileLayer;
  workspace: Workspace;
  spec: EvaluationSpec;
  session: JudgingSession;
  pause: PausePoint;
  signal: AbortSignal;
  now: () => Date;
}): Promise<LabelledRow[] | null> {
  const { files, workspace, spec, signal, now } = options;
  const { judge, meter } = options.session;
  const { testSet, frozenLabels } = workspace.paths;
  const bytes = await sameTestSet(files, workspace, spec);
  const rows = evaluatedRows(bytes, testSet, spec);
  const label = () => withCurrentLabels(files, workspace, spec.version, rows);
  const labelled = await label();
  const without = labelled.filter((row) => row.label === null).map(({ description }) => description);
  if (without.length === 0 || judge.labelDescription === undefined) return labelled;
  const freezing = await freezeLabels(
    { files, file: frozenLabels, judge, writing: workspace.writing },
    without,
    { meter, signal, now, waitIfPaused: () => options.pause.waitIfPaused() },
  );
  return freezing.stoppedBy === null ? label() : null;
}

/** Returns the datasets whose rows a version has seen: in its training, and as examples in its prompt. */
export function datasetsOf(version: string, use: PromptUse | null = null): string[] {
  const examples = use?.examples ?? null;
  return [...(hasAdapter(version) ? [version] : []), ...(examples === null ? [] : [examples.dataset])];
}

/** Returns whether a dataset has rows written from results, and the test set has no dev and held-out splits. */
export async function isTunedOnTest(
  files: FileLayer,
  workspace: Workspace,
  datasets: readonly string[],
): Promise<boolean> {
  const { testSet } = workspace.paths;
  const { hasSplitColumn } = requireTestSet(await testSetBytes(files, workspace), testSet);
  if (hasSplitColumn) return false;
  const written = await Promise.all(datasets.map((one) => hasRowsFromResults(files, workspace, one)));
  return written.includes(true);
}

async function hasRowsFromResults(files: FileLayer, workspace: Workspace, dataset: string): Promise<boolean> {
  const provenance = provenanceFile(workspace.paths.dataset(dataset));
  if (!(await files.exists(provenance))) return false;
  const lines = (await files.readText(provenance)).split("\n").filter((line) => line !== "");
  return lines.some(isWrittenFromResults);
}

/**
 * Returns whether a provenance line belongs to a row written from results. An imported row's `from` is the imported
 * file, which has nothing to do with the test set.
 */
function isWrittenFromResults(line: string): boolean {
  try {
    const { data } = ProvenanceSchema.safeParse(JSON.parse(line));
    return data !== undefined && data.source !== "imported" && data.from !== null;
  } catch {
    return false;
  }
}
