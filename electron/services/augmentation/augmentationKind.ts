import { z } from "zod";
import { type DrawnRows, drawFromPool, POOL_NAME } from "../../../shared/domain/augmentation/draw.ts";
import { planAugmentation, type SliceWeakness } from "../../../shared/domain/augmentation/plan.ts";
import { type PoolRow, poolCovers, readPool } from "../../../shared/domain/augmentation/pool.ts";
import { datasetRows } from "../../../shared/domain/dataset/read.ts";
import { requireTestSet } from "../../../shared/domain/dataset/testSet.ts";
import { Failure } from "../../../shared/domain/failure.ts";
import { pluralize } from "../../../shared/domain/format/count.ts";
import { mulberry32 } from "../../../shared/domain/random.ts";
import {
  type AugmentationPlan,
  type AugmentationReport,
  AugmentationReportSchema,
  type ProposedReport,
  ProposedReportSchema,
  type RejectedRow,
  type Shortfall,
  type WrittenForSlice,
} from "../../../shared/schema/augmentation.ts";
import { type AugmentationSpec, AugmentationSpecSchema } from "../../../shared/schema/augmentationRun.ts";
import type { DatasetRow } from "../../../shared/schema/dataset.ts";
import type { DatasetService } from "../dataset/datasetService.ts";
import type { RowOrigin } from "../dataset/versions.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import type { RowWriter } from "../llm/writeRows.ts";
import type { RunContext, RunKindDefinition } from "../run/runKind.ts";
import { assertUnchanged } from "../run/unchangedInputs.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { type AcceptRow, createAcceptRow } from "./acceptRow.ts";
import { writeProposals } from "./proposalFiles.ts";

/** What an augmentation needs from other services. */
export interface AugmentationDependencies {
  readonly files: FileLayer;
  readonly workspace: Workspace;
  readonly dataset: DatasetService;
  /** Returns the weak slices of a version's dev rows, or those of the selected rows. Held-out rows are never read. */
  weakSlices(version: string, forRows: readonly number[] | null): Promise<SliceWeakness[]>;
  /** Returns the SHA-256 hashes of the current inputs. */
  inputsNow(
    spec: Pick<AugmentationSpec, "from" | "previous" | "writer">,
  ): Promise<AugmentationSpec["inputs"]>;
  /** Opens the LLM's row writer and names its model. Called only when the spec's writer is `llm`. */
  rowWriter(context: RunContext): Promise<{ writer: RowWriter; model: string }>;
}

/** Writes rows for the weakest dev slices into the next dataset, a superset of the previous one. */
export function augmentationKind(
  dependencies: AugmentationDependencies,
): RunKindDefinition<AugmentationSpec, AugmentationReport | ProposedReport> {
  const { files, workspace, dataset } = dependencies;
  return {
    kind: "augmentation",
    spec: AugmentationSpecSchema,
    result: z.union([AugmentationReportSchema, ProposedReportSchema]),
    title: ({ from, next, rows, writer, review, forRows }) =>
      [
        `${review ? "propose" : "write"} ${rows} rows for dataset_${next} from ${from} (${writer === "pool" ? "row pool" : "LLM"})`,
        ...(forRows === null ? [] : [`for ${forRows.length} failing rows`]),
      ].join(", "),
    async body(spec, context) {
      assertUnchanged("augmentation", spec.inputs, await dependencies.inputsNow(spec), "Start a new one.");
      await context.emit({ kind: "stage", stage: "write" });
      const previousFile = workspace.paths.dataset(spec.previous);
      const previous = datasetRows(await files.read(previousFile), previousFile);
      const testSet = requireTestSet(await files.read(workspace.paths.testSet), workspace.paths.testSet);
      const weak = await dependencies.weakSlices(spec.from, spec.forRows);
      const pool = spec.writer === "pool" ? await poolOf(files, workspace) : null;
      const plan = planAugmentation(weak, {
        rows: spec.rows,
        isWritable: (slice) => pool === null || poolCovers(pool, slice),
      });
      const accept = createAcceptRow(
        previous.map(({ description }) => description),
        testSet.rows.map(({ description }) => description),
      );
      const written =
        pool === null
          ? await writeByModel(plan, previous, accept, dependencies, context)
          : drawRows(plan, pool, spec.seed, previous, accept);
      if (written.added.length === 0) {
        throw nothingWritten(spec, plan, written);
      }
      const { origin, rejected, missing } = written;
      const told = { origin, rejected, notWritable: plan.notWritable, missing };
      context.signal.throwIfAborted();
      if (spec.review) {
        const proposals = await writeProposals(files, context.folder, written.added);
        return { proposals, proposed: written.added.length, ...told };
      }
      const file = workspace.paths.dataset(spec.next);
      const saved = await dataset.writeVersion(
        { version: spec.next, file, previous: { version: spec.previous, file: previousFile } },
        written.added.map(({ row, slice, source }) => ({ row, origin: originOf(spec, slice, source) })),
        spec.inputs.previous,
      );
      const first = saved.rows - written.added.length + 1;
      return {
        dataset: saved.file,
        added: written.added.map(({ row, slice, source }, at) => ({
          row: first + at,
          slice,
          source,
          ...row,
        })),
        ...told,
      };
    },
  };
}

/** Rows for a plan and where they came from, in words. */
interface Written extends DrawnRows {
  readonly origin: string;
}

async function poolOf(files: FileLayer, { paths }: Workspace): Promise<PoolRow[]> {
  return readPool(await files.read(paths.rowPool), paths.rowPool);
}

function drawRows(
  plan: AugmentationPlan,
  pool: readonly PoolRow[],
  seed: number,
  previous: readonly DatasetRow[],
  accept: AcceptRow,
): Written {
  const usedNames = previous.flatMap(({ suggestions }) => suggestions);
  return {
    origin: `drawn from ${POOL_NAME}, written beforehand`,
    ...drawFromPool(plan, pool, mulberry32(seed), { accept, usedNames }),
  };
}

function nothingWritten(
  spec: AugmentationSpec,
  { steps, notWritable }: AugmentationPlan,
  { rejected }: Written,
): Failure {
  if (spec.writer === "pool" && (steps.length > 0 || notWritable.length > 0)) {
    const slices = [...new Set([...steps, ...notWritable].map(({ slice }) => slice))].join(", ");
    const turnedDown = rejected.length === 0 ? "" : ` (${pluralize(rejected.length, "row")} rejected)`;
    return new Failure("check-failed", `${POOL_NAME} has no usable rows for ${slices}${turnedDown}`, {
      hint: "No dataset was written. Add rows for these slices to the pool, or set a key and use the LLM writer.",
    });
  }
  if (steps.length > 0) {
    return new Failure("check-failed", "the LLM wrote no usable rows", {
      hint: "No dataset was written. The run's warnings show the endpoint's replies.",
    });
  }
  return new Failure("check-failed", `no slice of ${spec.from}'s dev rows is weak enough to need new rows`, {
    hint: `\`namewright analyse --version ${spec.from}\` shows the slices.`,
  });
}

/** Returns where a row came from, for its provenance. */
export function originOf(
  spec: Pick<AugmentationSpec, "writer" | "from" | "forRows" | "inputs">,
  slice: string,
  source: string,
): RowOrigin {
  return {
    source: spec.writer,
    slice,
    from: `model_${spec.from}-results.csv, dev rows${spec.forRows === null ? "" : ` ${spec.forRows.join(" ")}`}`,
    generator: source,
    ...(spec.inputs.pool === null ? {} : { pool: spec.inputs.pool }),
  };
}

/** Writes the plan's rows with the LLM. Rows rejected by lint, leaks or repetition are listed, not requested again. */
async function writeByModel(
  plan: AugmentationPlan,
  previous: readonly DatasetRow[],
  accept: AcceptRow,
  dependencies: AugmentationDependencies,
  context: RunContext,
): Promise<Written> {
  const { writer, model } = await dependencies.rowWriter(context);
  const added: WrittenForSlice[] = [];
  const rejected: RejectedRow[] = [];
  const missing: Shortfall[] = [];
  const total = plan.steps.reduce((sum, { count }) => sum + count, 0);
  for (const step of plan.steps) {
    const { rows, failures } = await writer.writeRows(
      {
        topic: step.topic ?? step.slice,
        count: step.count,
        kind: step.kind,
        omit: [],
        examples: previous.filter(
          ({ suggestions }) => (suggestions.length === 0) === (step.kind === "refusal"),
        ),
      },
      context.signal,
    );
    for (const { reason, detail } of failures) {
      await context.emit({ kind: "warning", code: "writer", message: `${step.slice}: ${reason}: ${detail}` });
    }
    const before = added.length;
    for (const row of rows) {
      const reason = accept(row);
      if (reason === null) added.push({ row, slice: step.slice, source: model });
      else rejected.push({ reason, slice: step.slice, source: model, ...row });
    }
    const short = step.count - (added.length - before);
    if (short > 0) missing.push({ slice: step.slice, kind: step.kind, rows: short });
    await context.emit({ kind: "progress", done: added.length, total, unit: "rows", etaSeconds: null });
  }
  return { origin: `written by ${model}`, added, rejected, missing };
}
