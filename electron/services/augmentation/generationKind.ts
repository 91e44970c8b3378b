import { writeTestSet } from "../../../shared/domain/dataset/write.ts";
import { Failure } from "../../../shared/domain/failure.ts";
import { groupsOf, splitOfGroup } from "../../../shared/domain/neardup/groups.ts";
import type { RejectedRow } from "../../../shared/schema/augmentation.ts";
import {
  type GenerationRequest,
  GenerationRequestSchema,
  type GenerationResult,
  GenerationResultSchema,
} from "../../../shared/schema/augmentationRun.ts";
import type { DatasetRow } from "../../../shared/schema/dataset.ts";
import type { DatasetService } from "../dataset/datasetService.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import type { RowKind, RowWriter } from "../llm/writeRows.ts";
import type { RunContext, RunKindDefinition } from "../run/runKind.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { createAcceptRow } from "./acceptRow.ts";

export interface GenerationDependencies {
  readonly files: FileLayer;
  readonly workspace: Workspace;
  readonly dataset: DatasetService;
  /** Returns descriptions that a new dataset must not contain (the test set's), or a new test set (the datasets'). */
  otherDescriptions(testSet: boolean): Promise<string[]>;
  rowWriter(context: RunContext): Promise<{ writer: RowWriter; model: string }>;
}

/** Factor by which more rows are requested than needed, because some will be rejected. */
const spare = 1.2;

/** Writes a first dataset or a labelled test set with prompts to the LLM endpoint, as in the original study. */
export function generationKind(
  dependencies: GenerationDependencies,
): RunKindDefinition<GenerationRequest, GenerationResult> {
  return {
    kind: "generation",
    spec: GenerationRequestSchema,
    result: GenerationResultSchema,
    title: ({ rows, testSet }) => `write ${testSet ? "a test set" : "a dataset"} of ${rows} rows by prompt`,
    async body(request, context) {
      const { files, workspace } = dependencies;
      if (request.testSet && (await files.exists(workspace.paths.testSet))) {
        throw new Failure("bad-value", `${workspace.paths.testSet} already exists`, {
          file: workspace.paths.testSet,
          hint: "Move the file first. Nothing was changed.",
        });
      }
      await context.emit({ kind: "stage", stage: "write" });
      const { writer, model } = await dependencies.rowWriter(context);
      const accept = createAcceptRow([], await dependencies.otherDescriptions(request.testSet));
      const rejected: RejectedRow[] = [];
      const write = async (kind: RowKind, count: number): Promise<DatasetRow[]> => {
        if (count === 0) return [];
        const written = await writer.writeRows(
          { topic: null, count: Math.ceil(count * spare), kind, omit: request.omit, examples: [] },
          context.signal,
        );
        for (const { reason, detail } of written.failures) {
          await context.emit({ kind: "warning", code: "writer", message: `${kind}: ${reason}: ${detail}` });
        }
        const kept: DatasetRow[] = [];
        for (const row of written.rows) {
          const reason = kept.length === count ? "more rows than requested" : accept(row);
          if (reason === null) kept.push(row);
          else rejected.push({ reason, slice: kind, source: model, ...row });
        }
        return kept;
      };
      const refusals = await write("refusal", request.refusals);
      const answers = await write("safe", request.rows - request.refusals);
      if (refusals.length + answers.length === 0) {
        throw new Failure("service-refused", "the endpoint returned no usable rows", {
          hint: "The run's warnings show the endpoint's replies.",
        });
      }
      const file = request.testSet
        ? await saveTestSet(dependencies, answers, refusals)
        : await saveDataset(dependencies, answers, refusals, model);
      return {
        runId: context.runId,
        file,
        written: answers.length + refusals.length,
        refusals: refusals.length,
        rejected,
      };
    },
  };
}

async function saveDataset(
  { dataset }: GenerationDependencies,
  answers: readonly DatasetRow[],
  refusals: readonly DatasetRow[],
  model: string,
): Promise<string> {
  const next = await dataset.nextVersion();
  const rows = [...answers, ...refusals].map((row) => ({
    row,
    origin: { source: "llm" as const, slice: null, from: null, generator: model },
  }));
  // A first dataset extends nothing, whatever its version number.
  return (await dataset.writeVersion({ ...next, previous: null }, rows)).file;
}

async function saveTestSet(
  { files, workspace }: GenerationDependencies,
  answers: readonly DatasetRow[],
  refusals: readonly DatasetRow[],
): Promise<string> {
  const all = [
    ...answers.map(({ description }) => ({ description, label: "safe" as const })),
    ...refusals.map(({ description }) => ({ description, label: "harmful" as const })),
  ];
  const groups = groupsOf(all.map(({ description }) => description));
  const rows = all.map(({ description, label }, at) => {
    const group = groups[at] ?? description;
    return { description, suggestions: [], label, slice: null, split: splitOfGroup(group), group };
  });
  const file = workspace.paths.testSet;
  const saved = await workspace.writing("write the test set", () => files.writeNew(file, writeTestSet(rows)));
  if (saved) return file;
  throw new Failure("bad-value", `another program created ${file} during the run`, {
    file,
    hint: "Nothing was overwritten. Move the file, then start again.",
  });
}
