import { z } from "zod";
import { fillPlan } from "../../../shared/domain/augmentation/fill.ts";
import { planAugmentation, type SliceWeakness } from "../../../shared/domain/augmentation/plan.ts";
import { datasetRows } from "../../../shared/domain/dataset/read.ts";
import { requireTestSet } from "../../../shared/domain/dataset/testSet.ts";
import { Failure } from "../../../shared/domain/failure.ts";
import { mulberry32 } from "../../../shared/domain/random.ts";
import {
  type AugmentationPlan,
  type AugmentationReport,
  AugmentationReportSchema,
  type ProposedReport,
  ProposedReportSchema,
  type WriterReport,
  type WrittenForSlice,
} from "../../../shared/schema/augmentation.ts";
import { type AugmentationSpec, AugmentationSpecSchema } from "../../../shared/schema/augmentationRun.ts";
import type { DatasetRow } from "../../../shared/schema/dataset.ts";
import type { DatasetService } from "../dataset/datasetService.ts";
import type { RowOrigin } from "../dataset/versions.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import type { RunKindDefinition } from "../run/runKind.ts";
import { assertUnchanged } from "../run/unchangedInputs.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { createAcceptRow } from "./acceptRow.ts";
import { writeProposals } from "./proposalFiles.ts";
import { writeInTwoStages } from "./twoStageWriter.ts";
import type { WrittenCells } from "./writeCells.ts";
import type { OpenWriter } from "./writerSession.ts";

/** What an augmentation needs from other services. */
export interface AugmentationDependencies {
  readonly files: FileLayer;
  readonly workspace: Workspace;
  readonly dataset: DatasetService;
  /** Returns the weak slices of a version's dev rows, or those of the selected rows. Held-out rows are never read. */
  weakSlices(version: string, forRows: readonly number[] | null): Promise<SliceWeakness[]>;
  /** Returns the SHA-256 hashes of the current inputs. */
  inputsNow(spec: Pick<AugmentationSpec, "from" | "previous">): Promise<AugmentationSpec["inputs"]>;
  /** Opens the LLM's row writer. Called only when the spec's writer is `llm`. */
  readonly openWriter: OpenWriter;
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
        `${review ? "propose" : "write"} ${rows} rows for dataset_${next} from ${from} (${writer})`,
        ...(forRows === null ? [] : [`for ${forRows.length} failing rows`]),
      ].join(", "),
    async body(spec, context) {
      assertUnchanged("augmentation", spec.inputs, await dependencies.inputsNow(spec), "Start a new one.");
      await context.emit({ kind: "stage", stage: "write" });
      const previousFile = workspace.paths.dataset(spec.previous);
      const previous = datasetRows(await files.read(previousFile), previousFile);
      const testSet = requireTestSet(await files.read(workspace.paths.testSet), workspace.paths.testSet);
      const weak = await dependencies.weakSlices(spec.from, spec.forRows);
      const plan = planAugmentation(weak, { rows: spec.rows, writer: spec.writer });
      const others = testSet.rows.map(({ description }) => description);
      const { added, ...report } =
        spec.writer === "rows"
          ? writeByRules(plan, spec, previous, others)
          : await writeInTwoStages({
              session: await dependencies.openWriter(context, spec),
              steps: plan.steps,
              seed: spec.seed,
              omit: [],
              dataset: previous,
              others,
              context,
            });
      if (added.length === 0) throw nothingWritten(spec, plan);
      context.signal.throwIfAborted();
      if (spec.review) {
        const proposals = await writeProposals(files, context.folder, added);
        return { proposals, proposed: added.length, notWritable: plan.notWritable, ...report };
      }
      const file = workspace.paths.dataset(spec.next);
      const saved = await dataset.writeVersion(
        { version: spec.next, file, previous: { version: spec.previous, file: previousFile } },
        added.map((written) => ({ row: written.row, origin: originOf(spec, written) })),
        spec.inputs.previous,
      );
      const first = saved.rows - added.length + 1;
      return {
        dataset: saved.file,
        added: added.map(({ row, slice, source }, at) => ({
          row: first + at,
          slice,
          source,
          ...row,
        })),
        notWritable: plan.notWritable,
        ...report,
      };
    },
  };
}

/** Writes the plan's rows with the built-in row generator. */
function writeByRules(
  plan: AugmentationPlan,
  { seed }: AugmentationSpec,
  previous: readonly DatasetRow[],
  others: readonly string[],
): WrittenCells & WriterReport {
  const accept = createAcceptRow(
    previous.map(({ description }) => description),
    others,
  );
  const { added, rejected } = fillPlan(plan, mulberry32(seed), { accept });
  return { added, rejected, shortfall: [], embeddings: null, spending: null };
}

function nothingWritten(spec: AugmentationSpec, { steps, notWritable }: AugmentationPlan): Failure {
  if (steps.length > 0) {
    return new Failure("check-failed", `none of the rows for ${spec.from}'s weak slices could be used`, {
      hint: "The run's warnings show the replies. No dataset was written.",
    });
  }
  if (spec.forRows !== null && notWritable.length > 0) {
    const slices = notWritable.map(({ slice }) => slice).join(", ");
    return new Failure("check-failed", `the built-in row generator doesn't cover ${slices}`, {
      hint: "An LLM can write these rows. Set a key, then select the LLM as the writer.",
    });
  }
  return new Failure("check-failed", `no slice of ${spec.from}'s dev rows is weak enough to need new rows`, {
    hint: `\`namewright analyse --version ${spec.from}\` shows the slices.`,
  });
}

/** Returns where a row came from, for its provenance. */
export function originOf(
  spec: Pick<AugmentationSpec, "writer" | "from" | "forRows">,
  { slice, source, cell }: Pick<WrittenForSlice, "slice" | "source" | "cell">,
): RowOrigin {
  return {
    source: spec.writer === "llm" ? "llm" : "generator",
    slice,
    from: `model_${spec.from}-results.csv, dev rows${spec.forRows === null ? "" : ` ${spec.forRows.join(" ")}`}`,
    generator: source,
    ...(cell === undefined ? {} : { cell }),
  };
}
