import { Failure, failureFrom } from "../../../shared/domain/failure.ts";
import { lintReport } from "../../../shared/domain/lint/lintReport.ts";
import { ComputeReplySchema, type ComputeRequest } from "../../../shared/schema/compute.ts";
import type { LintReport } from "../../../shared/schema/dataset.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import type { WorkerPort } from "../platform.ts";
import { readSource, sizeOfSource } from "./sourceFile.ts";

/** From this size of all files together on, linting would hold the event loop: the worker does it. In bytes. */
export const WORKER_FROM_BYTES = 256 * 1024;

/** Reads and lints in this process. */
export async function lintHere(files: FileLayer, request: ComputeRequest): Promise<LintReport> {
  const read = (names: readonly string[]) => Promise.all(names.map((file) => readSource(files, file)));
  return lintReport(await read(request.files), await read(request.against));
}

/**
 * Asks the worker once and ends it. Throws the Failure it met, Failure `cancelled`, or an Error where it dies.
 */
export function lintInWorker(
  port: WorkerPort,
  request: ComputeRequest,
  signal?: AbortSignal,
): Promise<LintReport> {
  const answer = new Promise<LintReport>((resolve, reject) => {
    port.onExit((code, killedBy) => reject(new Error(`the compute worker ended (${killedBy ?? code})`)));
    port.onMessage((message) => {
      const reply = ComputeReplySchema.safeParse(message);
      if (!reply.success) reject(new Error(`the compute worker said something else: ${reply.error.message}`));
      else if (reply.data.kind === "ready") port.post(request);
      else if (reply.data.kind === "lint") resolve(reply.data.report);
      else reject(failureFrom(reply.data.failure));
    });
    const cancel = () => reject(new Failure("cancelled", "linting was cancelled"));
    if (signal?.aborted) cancel();
    signal?.addEventListener("abort", cancel, { once: true });
  });
  return answer.finally(() => port.kill());
}

/** Lints files, in the worker where there is one and they are large. */
export async function lintFiles(
  files: FileLayer,
  launch: (() => WorkerPort) | undefined,
  request: ComputeRequest,
  signal?: AbortSignal,
): Promise<LintReport> {
  const sizes = await Promise.all(
    [...request.files, ...request.against].map((file) => sizeOfSource(files, file)),
  );
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  if (launch === undefined || bytes < WORKER_FROM_BYTES) return lintHere(files, request);
  return lintInWorker(launch(), request, signal);
}
