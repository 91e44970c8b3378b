/**
 * A controller of our own that is also aborted with `parent`. Held strongly, unlike `AbortSignal.any`, whose result
 * knows its sources only weakly; `release` lets go of the parent.
 */
export function linkedController(parent: AbortSignal): {
  readonly controller: AbortController;
  release(): void;
} {
  const controller = new AbortController();
  const follow = () => controller.abort(parent.reason);
  if (parent.aborted) follow();
  else parent.addEventListener("abort", follow, { once: true });
  return { controller, release: () => parent.removeEventListener("abort", follow) };
}

/** Rejects when the signal is aborted: what is raced with it cannot hang, whatever it does with the signal. */
export function rejectedOn(signal: AbortSignal): Promise<never> {
  const rejected = new Promise<never>((_, reject) => {
    const tell = () => reject(signal.reason);
    if (signal.aborted) tell();
    else signal.addEventListener("abort", tell, { once: true });
  });
  // Nobody may be waiting for it any more.
  rejected.catch(() => {});
  return rejected;
}
