import { useEffect, useEffectEvent, useState } from "react";
import type { FailureDetail } from "../../shared/schema/failure.ts";
import { failureOf } from "./failure.ts";

/** The state of a stream. `over`: it reached its end. */
export type StreamState =
  | { readonly kind: "open" }
  | { readonly kind: "over" }
  | { readonly kind: "failed"; readonly failure: FailureDetail };

/**
 * Follows a stream of the contract while the component is mounted. Pass the signal and `streamContext` to the
 * procedure, so that the stream ends with the component and resumes after a lost connection. A new `key` opens a new
 * stream; null opens none.
 */
export function useStream<Value>(
  key: string | null,
  open: (signal: AbortSignal) => Promise<AsyncIterable<Value>>,
  onValue: (value: Value) => void,
): StreamState {
  const [state, setState] = useState<StreamState>({ kind: "open" });
  const begin = useEffectEvent(open);
  const take = useEffectEvent(onValue);
  useEffect(() => {
    if (key === null) return;
    const controller = new AbortController();
    setState({ kind: "open" });
    const follow = async () => {
      for await (const value of await begin(controller.signal)) {
        if (controller.signal.aborted) return;
        take(value);
      }
      if (!controller.signal.aborted) setState({ kind: "over" });
    };
    follow().catch((error: unknown) => {
      if (!controller.signal.aborted) setState({ kind: "failed", failure: failureOf(error) });
    });
    return () => controller.abort();
  }, [key]);
  return state;
}
