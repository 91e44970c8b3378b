import { z } from "zod";
import { drawFromPool, POOL_NAME } from "../../../shared/domain/augmentation/draw.ts";
import { planAugmentation } from "../../../shared/domain/augmentation/plan.ts";
import { readPool } from "../../../shared/domain/augmentation/pool.ts";
import { createPoolSearch, type PoolSearch } from "../../../shared/domain/augmentation/poolSearch.ts";
import type { SliceWeakness } from "../../../shared/domain/augmentation/weakness.ts";
import { datasetRows } from "../../../shared/domain/dataset/read.ts";
import { requireTestSet } from "../../../shared/domain/dataset/testSet.ts";
import { Failure } from "../../../shared/domain/failure.ts";
import { pluralize } from "../../../shared/domain/format/count.ts";
import { mulberry32 } from "../../../shared/domain/random.ts";
import { omittedTopicIn } from "../../../shared/domain/rowPlan/omitted.ts";
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
import type { RunContext, RunKindDefinition } from "../run/runKind.ts";
import { assertUnchanged } from "../run/unchangedInputs.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { createAcceptRow } from "./acceptRow.ts";
import { nameGroups } from "./groupNames.ts";
import { writeProposals } from "./proposalFiles.ts";
import { type TwoStageRequest, writeInTwoStages } from "./twoStageWriter.ts";
import type { WrittenCells } from "./writeCells.ts";
import type { OpenWriter, WriterSession } from "./writerSession.ts";

/** What an augmentation needs from other services. */
export interface AugmentationDependencies {
  readonly files: FileLayer;
  readonly workspace: Workspace;
  readonly dataset: DatasetService;
  /** Returns the slices and word groups of a version's dev rows, weak by their own failures or by the selected rows. */
  weakSlices(version: string, forRows: readonly number[] | null): Promise<SliceWeakness[]>;
  /** Returns the SHA-256 hashes of the current inputs. */
  inputsNow(
    spec: Pick<AugmentationSpec, "from" | "previous" | "writer">,
  ): Promise<AugmentationSpec["inputs"]>;
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
    title,
    async body(spec, context) {
      assertUnchanged("augmentation", spec.inputs, await dependencies.inputsNow(spec), "Start a new one.");
      await context.emit({ kind: "stage", stage: "write" });
      const previousFile = workspace.paths.dataset(spec.previous);
      const previous = datasetRows(await files.read(previousFile), previousFile);
      const testSet = requireTestSet(await files.read(workspace.paths.testSet), workspace.paths.testSet);
      const omitted = omittedTopicIn(spec.omit);
      const slices = (await dependencies.weakSlices(spec.from, spec.forRows)).filter(
        ({ slice, group }) => omitted(`${slice} ${group?.topic ?? ""}`) === null,
      );
      const source = await openSource(dependencies, spec, context);
      const weak = source.kind === "llm" ? await nameGroups(slices, source.session, spec, context) : slices;
      const plan = planAugmentation(weak, {
        rows: spec.rows,
        isWritable: (slice) => source.kind === "llm" || source.search.covers(slice),
      });
      const { steps, groups, notWritable } = plan;
      const others = testSet.rows.map(({ description }) => description);
      const { added, ...report } =
        source.kind === "llm"
          ? await writeByModel({
              session: source.session,
              steps,
              seed: spec.seed,
              omit: spec.omit,
              dataset: previous,
              others,
              context,
            })
          : drawRows(plan, source.search, spec.seed, previous, others);
      if (added.length === 0) throw nothingWritten(spec, plan, report.rejected.length);
      context.signal.throwIfAborted();
      if (spec.review) {
        const proposals = await writeProposals(files, context.folder, added);
        return { proposals, proposed: added.length, omit: spec.omit, groups, notWritable, ...report };
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
        groups,
        omit: spec.omit,
        notWritable,
        ...report,
      };
    },
  };
}

function title({ from, next, rows, writer, review, forRows, omit }: AugmentationSpec): string {
  return [
    `${review ? "propose" : "write"} ${rows} rows for dataset_${next} from ${from} (${writer === "pool" ? "row pool" : "LLM"})`,
    ...(forRows === null ? [] : [`for ${forRows.length} failing rows`]),
    ...(omit.length === 0 ? [] : [`without ${omit.join(" and ")}`]),
  ].join(", ");
}

/** Rows for a plan and where they came from, in words. */
type Written = WrittenCells & WriterReport & { readonly origin: string };

type RowSource =
  | { readonly kind: "llm"; readonly session: WriterSession }
  | { readonly kind: "pool"; readonly search: PoolSearch };

/** Opens the LLM, or the rows of the pool that aren't about an omitted topic. */
async function openSource(
  { files, workspace: { paths }, openWriter }: AugmentationDependencies,
  spec: AugmentationSpec,
  context: RunContext,
): Promise<RowSource> {
  if (spec.writer === "llm") return { kind: "llm", session: await openWriter(context, spec) };
  const omitted = omittedTopicIn(spec.omit);
  const pool = readPool(await files.read(paths.rowPool), paths.rowPool);
  return {
    kind: "pool",
    search: createPoolSearch(
      pool.filter(
        ({ description, suggestions }) => omitted([description, ...suggestions].join(" ")) === null,
      ),
    ),
  };
}

function drawRows(
  plan: AugmentationPlan,
  search: PoolSearch,
  seed: number,
  previous: readonly DatasetRow[],
  others: readonly string[],
): Written {
  const descriptions = previous.map(({ description }) => description);
  const usedNames = previous.flatMap(({ suggestions }) => suggestions);
  const accept = createAcceptRow(descriptions, others);
  return {
    origin: `drawn from ${POOL_NAME}, written beforehand`,
    ...drawFromPool(plan, search, mulberry32(seed), { accept, usedNames }),
    embeddings: null,
    spending: null,
  };
}

async function writeByModel(request: TwoStageRequest): Promise<Written> {
  const written = await writeInTwoStages(request);
  const models = new Set(written.added.map(({ source }) => source));
  return { origin: `written by ${[...models].join(", ")}`, ...written };
}

function nothingWritten(
  spec: AugmentationSpec,
  { steps, notWritable }: AugmentationPlan,
  rejected: number,
): Failure {
  if (spec.writer === "pool" && (steps.length > 0 || notWritable.length > 0)) {
    const slices = [...new Set([...steps, ...notWritable].map(({ slice }) => slice))].join("; ");
    const turnedDown = rejected === 0 ? "" : ` (${pluralize(rejected, "row")} rejected)`;
    return new Failure("check-failed", `${POOL_NAME} has no usable rows for ${slices}${turnedDown}`, {
      hint: "No dataset was written. Add rows for these slices to the pool, or set a key and use the LLM writer.",
    });
  }
  if (steps.length > 0) {
    return new Failure("check-failed", "the LLM wrote no usable rows", {
      hint: "No dataset was written. The run's warnings show the endpoint's replies.",
    });
  }
  const besides = spec.omit.length === 0 ? "" : " besides the omitted topics";
  return new Failure("check-failed", `no dev rows of ${spec.from}${besides} need new rows`, {
    hint: `No dev row was decided wrongly, malformed or rated poorly by an LLM judge. \`namewright analyse --version ${spec.from}\` shows the slices.`,
  });
}

/** Returns where a row came from, for its provenance. */
export function originOf(
  spec: Pick<AugmentationSpec, "writer" | "from" | "forRows" | "omit" | "inputs">,
  { slice, source, cell }: Pick<WrittenForSlice, "slice" | "source" | "cell">,
): RowOrigin {
  return {
    source: spec.writer,
    slice,
    from: `model_${spec.from}-results.csv, dev rows${spec.forRows === null ? "" : ` ${spec.forRows.join(" ")}`}`,
    generator: source,
    ...(cell === undefined ? {} : { cell }),
    ...(spec.inputs.pool === null ? {} : { pool: spec.inputs.pool }),
    omit: spec.omit,
  };
}
