import type { EngineInfo, GeneratedRow } from "../../../shared/schema/inference.ts";
import {
  type InferenceEvent,
  type InferenceRequest,
  InferenceRequestSchema,
} from "../../../shared/schema/worker.ts";
import type { WorkerPort } from "../platform.ts";

/** For tests: the other end of an inference process, in memory. */
export interface FakeWorker {
  readonly port: WorkerPort;
  readonly requests: InferenceRequest[];
  readonly killed: () => boolean;
  send(event: InferenceEvent): void;
  /** Sends a message that isn't an event. */
  sendRaw(message: unknown): void;
  /** Ends the process, by SIGSEGV unless another signal or system error is given. */
  die(how?: string): void;
}

export const fakeEngine: EngineInfo = {
  engine: "fake 1, cpu, 4 lanes",
  precision: "F16",
  gpu: null,
  threads: 1,
  lanes: 4,
  contextSize: 1024,
  vocabularySize: 10,
};

export function fakeRow(key: string): GeneratedRow {
  const empty = { text: "", ids: [], nameProbabilities: [] };
  return { key, ...empty, stop: "end", refusalProbability: 0.5, latencyMs: 1 };
}

/** Answers each request with `answer`. A request without a reply hangs. */
export function fakeWorker(answer: (request: InferenceRequest, worker: FakeWorker) => void): FakeWorker {
  const messages: ((message: unknown) => void)[] = [];
  const exits: ((code: number | null, signal: string | null) => void)[] = [];
  let killed = false;
  let dead = false;
  const worker: FakeWorker = {
    requests: [],
    killed: () => killed,
    send: (event) => worker.sendRaw(event),
    sendRaw: (message) => {
      if (!dead) for (const listener of messages) listener(message);
    },
    die: (how = "SIGSEGV") => {
      if (dead) return;
      dead = true;
      for (const listener of exits) listener(null, how);
    },
    port: {
      post: (message) => {
        const request = InferenceRequestSchema.parse(message);
        worker.requests.push(request);
        queueMicrotask(() => answer(request, worker));
      },
      onMessage: (listener) => void messages.push(listener),
      onExit: (listener) => void exits.push(listener),
      kill: () => {
        killed = true;
        worker.die();
      },
      pid: undefined,
    },
  };
  return worker;
}
