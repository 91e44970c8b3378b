import { Failure, failureFrom } from "../../../shared/domain/failure.ts";
import {
  ComputeReplySchema,
  type ComputeRequest,
  type ComputeResult,
} from "../../../shared/schema/compute.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import type { WorkerPort } from "../platform.ts";
import { refuseUnreachable } from "./computeFiles.ts";

/** From this size of all files together on, reading them would hold the event loop: the worker does it. In bytes. */
export const WORKER_FROM_BYTES = 256 * 1024;

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
