import type { AcceleratorLease } from "../lease/lease.ts";
import type { RunContext } from "../run/runKind.ts";

/** Runs the body when the accelerator is free. Until then, the run's journal names the holder. */
export type WithAccelerator = <T>(
  context: Pick<RunContext, "runId" | "signal" | "emit">,
  body: () => Promise<T>,
) => Promise<T>;

export function withLease(lease: AcceleratorLease): WithAccelerator {
  return async (context, body) => {
    let waited = false;
    return lease.hold(
      context.runId,
      async () => {
        context.signal.throwIfAborted();
        if (waited) await context.emit({ kind: "status", status: "running" });
        return body();
      },
      {
        signal: context.signal,
        onWait: (holder) => {
          if (context.signal.aborted) return;
          waited = true;
          void context.emit({
            kind: "status",
            status: "queued",
            reason: `waiting for the accelerator, in use by ${holder}`,
          });
        },
      },
    );
  };
}
