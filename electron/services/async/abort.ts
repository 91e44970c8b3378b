/**
 * Calls `act` once when the signal is aborted, or at once if it already is.
 * @returns a function that removes the listener
 */
export function onAbort(signal: AbortSignal | undefined, act: () => void): () => void {
  if (signal?.aborted) act();
  else signal?.addEventListener("abort", act, { once: true });
  return () => signal?.removeEventListener("abort", act);
}

/**
 * Settles as `work` does, or rejects with the signal's reason, whichever is first. The caller can't hang, even if the
 * work ignores the signal. What the work does later is ignored.
 */
export function unlessAborted<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const forget = onAbort(signal, () => reject(signal.reason));
    work.then(resolve, reject).finally(forget);
  });
}

/**
 * Returns a controller that is also aborted with `parent`. The link is strong, unlike that of `AbortSignal.any`, which
 * references its sources weakly. `release` removes the link.
 */
export function linkedController(parent: AbortSignal): {
  readonly controller: AbortController;
  release(): void;
} {
  const controller = new AbortController();
  return { controller, release: onAbort(parent, () => controller.abort(parent.reason)) };
}
