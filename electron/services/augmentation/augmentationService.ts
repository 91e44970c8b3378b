import { POOL_NAME } from "../../../shared/domain/augmentation/draw.ts";
import { defaultRows, rowsForSelection } from "../../../shared/domain/augmentation/plan.ts";
import { weakSlices } from "../../../shared/domain/augmentation/weakness.ts";
import { Failure } from "../../../shared/domain/failure.ts";
import { omittedTopicIn } from "../../../shared/domain/rowPlan/omitted.ts";
import type {
  AugmentationRequest,
  AugmentationSpec,
  GenerationRequest,
  Writer,
} from "../../../shared/schema/augmentationRun.ts";
import type { Run } from "../../../shared/schema/run.ts";
import { testSetHash } from "../evaluation/evaluationInputs.ts";
import { openResults } from "../evaluation/evaluationService.ts";
import { sha256 } from "../hashing/hashing.ts";
import type { RunService } from "../run/runService.ts";
import { assertWritable } from "../workspace/workspace.ts";
import type { AugmentationDependencies } from "./augmentationKind.ts";
import type { AugmentationServiceDependencies } from "./dependencies.ts";
import { createProposals, type Proposals } from "./proposals.ts";
import { rememberedTopics } from "./rememberedTopics.ts";
import { openWriterSession } from "./writerSession.ts";

export interface AugmentationService extends Proposals {
  start(request: AugmentationRequest): Promise<Run>;
  generate(request: GenerationRequest): Promise<Run>;
}

/** Returns what the augmentation run needs, bound to a workspace. */
export function augmentationDependencies(setting: AugmentationServiceDependencies): AugmentationDependencies {
  const { files, workspace, dataset } = setting;
  return {
    files,
    workspace,
    dataset,
    weakSlices: async (version, forRows) => weakSlices(await openResults(files, workspace, version), forRows),
    inputsNow: (spec) => inputsNow(setting, spec),
    openWriter: (context, limits) => openWriterSession(setting, context, limits),
  };
}

async function inputsNow(
  { files, workspace }: AugmentationServiceDependencies,
  { from, previous, writer }: Pick<AugmentationSpec, "from" | "previous" | "writer">,
): Promise<AugmentationSpec["inputs"]> {
  return {
    results: sha256(await files.read(workspace.paths.results(from))),
    previous: sha256(await files.read(workspace.paths.dataset(previous))),
    testSet: await testSetHash(files, workspace),
    pool: writer === "pool" ? sha256(await files.read(workspace.paths.rowPool)) : null,
  };
}

/** Returns who writes the rows. Throws `Failure` `missing` when nothing can, or when the pool asked for isn't there. */
async function writerOf(
  { platform, files, workspace }: AugmentationServiceDependencies,
  asked: Writer | null,
): Promise<Writer> {
  const wanted = asked ?? ((await platform.secrets.get("OPENAI_API_KEY")) === null ? "pool" : "llm");
  if (wanted === "llm" || (await files.exists(workspace.paths.rowPool))) return wanted;
  throw new Failure("missing", `no rows to draw from: this workspace has no ${POOL_NAME}`, {
    file: workspace.paths.rowPool,
    hint: "Set an API key so that an LLM writes the rows, or add the file with the columns description, suggestions, slice and topic.",
  });
}

/** Throws `Failure` `usage` for a topic that can't be recognized, so that the request fails and not the run. */
function assertRecognizable(omit: readonly string[]): void {
  omittedTopicIn(omit);
}

export function createAugmentationService(
  setting: AugmentationServiceDependencies,
  runs: RunService,
): AugmentationService {
  const { files, workspace, dataset } = setting;
  return {
    ...createProposals(setting, runs),
    async start({ from, rows, writer, seed, forRows, review, omit, maxCalls, maxCost }) {
      assertWritable(workspace);
      if (omit !== null) assertRecognizable(omit);
      const results = await openResults(files, workspace, from);
      // Refuses held-out rows here, so that the request fails and not the run.
      if (forRows !== null) weakSlices(results, forRows);
      const next = await dataset.nextVersion();
      if (next.previous === null) {
        throw new Failure("missing", "no dataset to extend", {
          hint: "Create the first one with `namewright dataset import FILE` or `namewright dataset generate`.",
        });
      }
      const previous = next.previous.version;
      const by = await writerOf(setting, writer);
      const spec: AugmentationSpec = {
        from,
        previous,
        next: next.version,
        rows: rows ?? (forRows === null ? defaultRows : rowsForSelection(forRows.length)),
        writer: by,
        seed,
        forRows,
        review,
        omit: omit ?? (await rememberedTopics(setting, previous)),
        maxCalls,
        maxCost,
        inputs: await inputsNow(setting, { from, previous, writer: by }),
      };
      return (await runs.start("augmentation", spec)).run;
    },
    async generate(request) {
      assertWritable(workspace);
      assertRecognizable(request.omit);
      if (request.refusals > request.rows) {
        throw new Failure("usage", `${request.refusals} refusals don't fit in ${request.rows} rows`, {
          hint: "Set --refusals to at most the value of --rows.",
        });
      }
      return (await runs.start("generation", request)).run;
    },
  };
}
