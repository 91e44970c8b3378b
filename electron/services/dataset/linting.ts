import { columnIndex } from "../../../shared/domain/csv/table.ts";
import { diffDatasets } from "../../../shared/domain/dataset/diff.ts";
import { readDataset } from "../../../shared/domain/dataset/read.ts";
import { datasetStats, StatsCount } from "../../../shared/domain/dataset/stats.ts";
import { isTestSet } from "../../../shared/domain/dataset/testSet.ts";
import { Failure, failureFrom } from "../../../shared/domain/failure.ts";
import { lintReport } from "../../../shared/domain/lint/lintReport.ts";
import {
  ComputeReplySchema,
  type ComputeRequest,
  type ComputeResult,
} from "../../../shared/schema/compute.ts";
import type { DatasetStats, LintReport } from "../../../shared/schema/dataset.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import type { WorkerPort } from "../platform.ts";
import { refuseUnreachable } from "./computeFiles.ts";
import { LARGE_FROM_BYTES, openLarge, partsOf } from "./largeFile.ts";
import { lintLarge } from "./largeLint.ts";
import { readSource, sizeOfSource } from "./sourceFile.ts";

/** From this size of all files together on, linting would hold the event loop: the worker does it. In bytes. */
export const WORKER_FROM_BYTES = 256 * 1024;

type LintRequest = Extract<ComputeRequest, { kind: "lint" }>;

/** Reads and lints in this process. */
async function lintHere(files: FileLayer, request: LintRequest): Promise<LintReport> {
  const names = [...request.files, ...request.against];
  const sizes = await Promise.all(names.map((file) => sizeOfSource(files, file)));
  if (sizes.some((size) => size >= LARGE_FROM_BYTES)) {
    return lintLarge(files, request.files, request.against);
  }
  const read = (some: readonly string[]) => Promise.all(some.map((file) => readSource(files, file)));
  return lintReport(await read(request.files), await read(request.against));
}

/** Rows, refusals, lengths and topics of a file, in this process. */
async function statsHere(files: FileLayer, file: string): Promise<DatasetStats> {
  if ((await sizeOfSource(files, file)) < LARGE_FROM_BYTES) {
    return datasetStats((await readSource(files, file)).bytes, file);
  }
  const large = await openLarge(file);
  const count = new StatsCount();
  for await (const { table } of partsOf(large)) {
    if (isTestSet(table) && columnIndex(table, "split") < 0) {
      // Its halves hang on near duplicates in the whole file.
      return datasetStats((await readSource(files, file)).bytes, file);
    }
    count.add(table, { part: true });
  }
  return count.stats(file);
}

/** Does what the compute worker does, in this process. */
export async function computeHere(files: FileLayer, request: ComputeRequest): Promise<ComputeResult> {
  switch (request.kind) {
    case "lint":
      return { kind: "lint", report: await lintHere(files, request) };
    case "stats":
      return { kind: "stats", stats: await statsHere(files, request.file) };
    case "index":
      return { kind: "index", index: await (await import("./rowIndex.ts")).indexRows(request.file) };
    case "duplicates":
      return (await import("./duplicates.ts")).duplicatesIn(files, request.file, request.listed);
    case "diff": {
      const rows = async (file: string) => readDataset((await readSource(files, file)).bytes, file).rows;
      return { kind: "diff", diff: diffDatasets(await rows(request.before), await rows(request.after)) };
    }
    case "compare":
      return (await import("../comparison/comparing.ts")).compareHere(files, request);
    case "align":
      return (await import("../comparison/comparing.ts")).alignHere(files, request);
    case "check": {
      const { checkDataset } = await import("../training/datasetCheck.ts");
      return { kind: "check", check: await checkDataset(files, request.dataset, request.testSet) };
    }
    case "figures": {
      const { figuresOfFile } = await import("../comparison/fileFigures.ts");
      return { kind: "figures", figures: await figuresOfFile(files, request) };
    }
    case "summarise":
      return (await import("../evaluation/summarising.ts")).summariseHere(files, request);
  }
}

/**
 * Asks a worker once and ends it. Throws the Failure it met, Failure `cancelled`, or an Error where it dies; where a
 * file is out of the caller's reach, no worker is asked.
 */
export async function computeInWorker(
  files: FileLayer,
  launch: () => WorkerPort,
  request: ComputeRequest,
  signal?: AbortSignal,
): Promise<ComputeResult> {
  await refuseUnreachable(files, request);
  const port = launch();
  const answer = new Promise<ComputeResult>((resolve, reject) => {
    port.onExit((code, killedBy) => reject(new Error(`the compute worker ended (${killedBy ?? code})`)));
    port.onMessage((message) => {
      const reply = ComputeReplySchema.safeParse(message);
      if (!reply.success) reject(new Error(`the compute worker said something else: ${reply.error.message}`));
      else if (reply.data.kind === "ready") port.post(request);
      else if (reply.data.kind === "failed") reject(failureFrom(reply.data.failure));
      else resolve(reply.data);
    });
    const cancel = () => reject(new Failure("cancelled", "reading the dataset was cancelled"));
    if (signal?.aborted) cancel();
    signal?.addEventListener("abort", cancel, { once: true });
  });
  return answer.finally(() => port.kill());
}

/** Answers in the worker where there is one and the files are large, else here. */
async function compute(
  files: FileLayer,
  launch: (() => WorkerPort) | undefined,
  request: Extract<ComputeRequest, { kind: "lint" | "stats" }>,
  signal?: AbortSignal,
): Promise<ComputeResult> {
  const names = request.kind === "lint" ? [...request.files, ...request.against] : [request.file];
  const sizes = await Promise.all(names.map((file) => sizeOfSource(files, file)));
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  if (launch === undefined || bytes < WORKER_FROM_BYTES) return computeHere(files, request);
  return computeInWorker(files, launch, request, signal);
}

/** Lints files, in the worker where there is one and they are large. */
export async function lintFiles(
  files: FileLayer,
  launch: (() => WorkerPort) | undefined,
  request: { files: string[]; against: string[] },
  signal?: AbortSignal,
): Promise<LintReport> {
  const result = await compute(files, launch, { kind: "lint", ...request }, signal);
  if (result.kind !== "lint") throw new Error(`asked to lint, the compute worker answered ${result.kind}`);
  return result.report;
}

/** Describes a file, in the worker where there is one and it is large. */
export async function statsOf(
  files: FileLayer,
  launch: (() => WorkerPort) | undefined,
  file: string,
  signal?: AbortSignal,
): Promise<DatasetStats> {
  const result = await compute(files, launch, { kind: "stats", file }, signal);
  if (result.kind !== "stats") throw new Error(`asked for stats, the compute worker answered ${result.kind}`);
  return result.stats;
}
