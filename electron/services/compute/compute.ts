import { Failure } from "../../../shared/domain/failure.ts";
import type { ComputeRequest, ComputeResult } from "../../../shared/schema/compute.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { sizeOfSource } from "../files/sourceFile.ts";
import type { WorkerPort } from "../platform.ts";
import { ComputeWorker } from "./computeWorker.ts";
import { workerFrom } from "./fileSizes.ts";
import { mainFiles, refuseUnreachable } from "./requestFiles.ts";

/** The maximum number of workers at once, for all callers. */
const maximumWorkers = 2;
/** How long an idle worker is kept, in milliseconds, because starting one is slow. */
const idleMs = 20_000;

type Answer<Kind extends ComputeRequest["kind"]> = Extract<ComputeResult, { kind: Kind }>;

/** Computes a request in this process. */
type ComputeHere = (files: FileLayer, request: ComputeRequest) => Promise<ComputeResult>;

/** Computes something from files: in this process when they are small, in a worker when they are large. */
export interface Compute {
  /** Throws the `Failure` of a read, `Failure` `cancelled`, or an `Error` when the worker dies. */
  ask<Kind extends ComputeRequest["kind"]>(
    request: Extract<ComputeRequest, { kind: Kind }>,
    signal?: AbortSignal,
  ): Promise<Answer<Kind>>;
  /** Starts a worker before the first request. */
  warm(): void;
  close(): void;
}

export interface ComputeOptions {
  readonly files: FileLayer;
  readonly here: ComputeHere;
  /** Undefined in the terminal, which has no UI to keep responsive: everything is computed in this process. */
  readonly launch: (() => WorkerPort) | undefined;
}

export function createCompute({ files, here, launch }: ComputeOptions): Compute {
  const idle: { worker: ComputeWorker; timer: NodeJS.Timeout }[] = [];
  const waiting: (() => void)[] = [];
  let working = 0;

  function release(worker: ComputeWorker): void {
    working -= 1;
    if (!worker.dead) {
      const timer = setTimeout(() => {
        idle.splice(idle.indexOf(entry), 1);
        worker.end();
      }, idleMs);
      timer.unref();
      const entry = { worker, timer };
      idle.push(entry);
    }
    waiting.shift()?.();
  }

  async function take(start: () => WorkerPort): Promise<ComputeWorker> {
    while (working >= maximumWorkers) await new Promise<void>((resolve) => waiting.push(resolve));
    working += 1;
    for (let entry = idle.pop(); entry !== undefined; entry = idle.pop()) {
      clearTimeout(entry.timer);
      if (!entry.worker.dead) return entry.worker;
    }
    try {
      return new ComputeWorker(start());
    } catch (error) {
      working -= 1;
      waiting.shift()?.();
      throw error;
    }
  }

  async function answerOf(request: ComputeRequest, signal?: AbortSignal): Promise<ComputeResult> {
    if (launch === undefined || (await totalSize(files, request)) < workerFrom[request.kind]) {
      if (signal?.aborted) throw new Failure("cancelled", "the computation was cancelled");
      return here(files, request);
    }
    await refuseUnreachable(files, request);
    const worker = await take(launch);
    try {
      return await worker.ask(request, signal);
    } finally {
      release(worker);
    }
  }

  return {
    async ask<Kind extends ComputeRequest["kind"]>(
      request: Extract<ComputeRequest, { kind: Kind }>,
      signal?: AbortSignal,
    ) {
      const answer = await answerOf(request, signal);
      if (answer.kind !== request.kind) throw new Error(`asked for ${request.kind}, got ${answer.kind}`);
      return answer as Answer<Kind>;
    },
    warm() {
      if (launch === undefined || working > 0 || idle.length > 0) return;
      working += 1;
      release(new ComputeWorker(launch()));
    },
    close() {
      for (const { worker, timer } of idle.splice(0)) {
        clearTimeout(timer);
        worker.end();
      }
    },
  };
}

/** Returns the total size in bytes of the files that decide how long a request takes. */
async function totalSize(files: FileLayer, request: ComputeRequest): Promise<number> {
  const sizes = await Promise.all(mainFiles(request).map((file) => sizeOfSource(files, file)));
  return sizes.reduce((sum, size) => sum + size, 0);
}
