import { Failure } from "../../../shared/domain/failure.ts";
import type { InferenceEvent, InferenceRequest } from "../../../shared/schema/worker.ts";

type Request = Pick<Exclude<InferenceRequest, { kind: "cancel" | "shutdown" }>, "kind" | "id">;
type Failed = Extract<InferenceEvent, { kind: "failed" }>;

/** Matches the out-of-memory messages of C++, llama.cpp and node-llama-cpp. */
const memoryWords =
  /bad_alloc|out of memory|cannot allocate memory|failed to allocate|unable to allocate|mmap failed|too large for the available v?ram/i;

/** Returns the failure of a llama.cpp that can't start, before any model is loaded. */
export function engineUnavailable(error: unknown): Failure {
  const said = error instanceof Error ? error.message : String(error);
  return new Failure("missing", `llama.cpp can't be started on this machine (${said})`, {
    hint: "Memory may be short or limited (`ulimit -v`). `namewright doctor` checks the engine.",
    cause: error,
  });
}

/** Returns the event for a failed request. `errors` are llama.cpp's lines of level "error" during that request. */
export function failedEvent({ kind, id }: Request, error: unknown, errors: readonly string[]): Failed {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof Failure) {
    const code = error.code === "bad-value" || error.code === "missing" ? error.code : "defect";
    // The reason is known. llama.cpp's lines would only distract from it.
    const hint = error.hint === undefined ? {} : { hint: error.hint };
    return { kind: "failed", id, code, message, native: [], ...hint };
  }
  const native = [...errors];
  if ([message, ...native].some((line) => memoryWords.test(line))) {
    return {
      kind: "failed",
      id,
      code: "missing",
      message: `there isn't enough memory to ${kind === "load" ? "load the model" : "run it"} (${message})`,
      hint: "Close other programs, raise the memory limit (`ulimit -v`), or use a smaller base or a lower precision.",
      native,
    };
  }
  // The host checked the file's header and sizes before the load.
  const hint =
    "The file is complete, but llama.cpp can't load it. Convert or download the file again, or use another base.";
  const code = codeOf(kind, error);
  return {
    kind: "failed",
    id,
    code,
    message,
    ...(kind === "load" && code === "bad-value" ? { hint } : {}),
    native,
  };
}

function codeOf(kind: Request["kind"], error: unknown): Failed["code"] {
  if (error instanceof Error && "code" in error && error.code === "ENOENT") return "missing";
  const adapterRefused = error instanceof Error && /lora adapter/i.test(error.message);
  return kind === "load" || adapterRefused ? "bad-value" : "defect";
}
