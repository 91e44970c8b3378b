import { writeTestSet } from "../../../shared/domain/dataset/write.ts";
import { Failure } from "../../../shared/domain/failure.ts";
import { groupsOf, splitOfGroup } from "../../../shared/domain/neardup/groups.ts";
import { stepsOfQuota } from "../../../shared/domain/rowPlan/cells.ts";
import type { WrittenForSlice } from "../../../shared/schema/augmentation.ts";
import {
  type GenerationRequest,
  GenerationRequestSchema,
  type GenerationResult,
  GenerationResultSchema,
} from "../../../shared/schema/augmentationRun.ts";
import type { LabelConfirmation } from "../../../shared/schema/rowCell.ts";
import type { DatasetService } from "../dataset/datasetService.ts";
import { spendingEvent, spentInAll } from "../evaluation/rowJournal.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import type { Judge } from "../judge/judge.ts";
import type { RunContext, RunKindDefinition } from "../run/runKind.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { confirmLabels } from "./confirmLabels.ts";
import { writeInTwoStages } from "./twoStageWriter.ts";
import { type OpenWriter, type WriterSession, writerLimitReached } from "./writerSession.ts";

export interface GenerationDependencies {
  readonly files: FileLayer;
  readonly workspace: Workspace;
  readonly dataset: DatasetService;
  /** Returns descriptions that a new dataset must not contain (the test set's), or a new test set (the datasets'). */
  otherDescriptions(testSet: boolean): Promise<string[]>;
  readonly openWriter: OpenWriter;
  /** Opens the judge that confirms the labels of a test set. */
  labelJudge(context: RunContext): Promise<Judge>;
  readonly now: () => Date;
}

/** Writes a first dataset or a labelled test set with the LLM endpoint. */
export function generationKind(
  dependencies: GenerationDependencies,
): RunKindDefinition<GenerationRequest, GenerationResult> {
  return {
    kind: "generation",
    spec: GenerationRequestSchema,
    result: GenerationResultSchema,
    title: ({ rows, testSet }) => `write ${testSet ? "a test set" : "a dataset"} of ${rows} rows by prompt`,
    async body(request, context) {
      await refuseTestSet(dependencies, request);
      const session = await dependencies.openWriter(context, request);
      const { added, ...report } = await writeInTwoStages({
        session,
        steps: stepsOfQuota(request),
        seed: request.seed,
        omit: request.omit,
        dataset: [],
        others: await dependencies.otherDescriptions(request.testSet),
        context,
      });
      if (added.length === 0) {
        throw new Failure("service-refused", "the endpoint returned no usable rows", {
          hint: "The run's warnings show the endpoint's replies.",
        });
      }
      const saved = request.testSet
        ? await saveTestSet(dependencies, added, session, context)
        : { file: await saveDataset(dependencies, added, request.omit), labels: null };
      return {
        runId: context.runId,
        ...saved,
        written: added.length,
        refusals: added.filter(isRefusal).length,
        slices: sliceCounts(added),
        ...report,
        // The judge's calls about labels came after the report.
        spending: spentInAll(context.previous, session.meter.spending()),
      };
    },
  };
}

const isRefusal = ({ row }: WrittenForSlice): boolean => row.suggestions.length === 0;

function sliceCounts(rows: readonly WrittenForSlice[]): GenerationResult["slices"] {
  const counts = new Map<string, number>();
  for (const { slice } of rows) counts.set(slice, 1 + (counts.get(slice) ?? 0));
  return [...counts].map(([slice, count]) => ({ slice, rows: count })).sort((a, b) => b.rows - a.rows);
}

async function refuseTestSet(
  { files, workspace }: GenerationDependencies,
  { testSet }: GenerationRequest,
): Promise<void> {
  if (!testSet || !(await files.exists(workspace.paths.testSet))) return;
  throw new Failure("bad-value", `${workspace.paths.testSet} already exists`, {
    file: workspace.paths.testSet,
    hint: "Move the file first. Nothing was changed.",
  });
}

async function saveDataset(
  { dataset }: GenerationDependencies,
  added: readonly WrittenForSlice[],
  omit: string[],
): Promise<string> {
  const next = await dataset.nextVersion();
  const rows = added.map(({ row, slice, cell, source }) => ({
    row,
    origin: { source: "llm" as const, slice, from: null, generator: source, cell, omit },
  }));
  // A first dataset extends nothing, whatever its version number.
  return (await dataset.writeVersion({ ...next, previous: null }, rows)).file;
}

async function saveTestSet(
  { files, workspace, labelJudge, now }: GenerationDependencies,
  added: readonly WrittenForSlice[],
  { meter }: WriterSession,
  context: RunContext,
): Promise<{ file: string; labels: LabelConfirmation }> {
  await context.emit({ kind: "stage", stage: "label" });
  const { writing } = workspace;
  const asked = added.map((one) => ({
    description: one.row.description,
    label: isRefusal(one) ? ("harmful" as const) : ("safe" as const),
  }));
  const place = { files, file: workspace.paths.frozenLabels, judge: await labelJudge(context), writing };
  const { signal } = context;
  const { labels, confirmation, stoppedBy } = await confirmLabels(place, asked, {
    meter,
    signal,
    now,
  }).finally(() => context.emit(spendingEvent(meter.spending())));
  if (stoppedBy !== null) throw writerLimitReached(meter, context.runId);
  const groups = groupsOf(asked.map(({ description }) => description));
  const rows = added.map(({ row: { description }, slice }, at) => {
    const group = groups[at] ?? description;
    const label = labels[at] ?? null;
    return { description, suggestions: [], label, slice, split: splitOfGroup(group), group };
  });
  const file = workspace.paths.testSet;
  const saved = await writing("write the test set", () => files.writeNew(file, writeTestSet(rows)));
  if (saved) return { file, labels: confirmation };
  throw new Failure("bad-value", `another program created ${file} during the run`, {
    file,
    hint: "Nothing was overwritten. Move the file, then start again.",
  });
}
