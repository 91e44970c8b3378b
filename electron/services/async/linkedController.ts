/**
 * Returns a controller that is also aborted with `parent`. The link is strong, unlike that of `AbortSignal.any`, which
 * references its sources weakly. `release` removes the link.
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

/** Rejects when the signal is aborted. Work that is raced with it can't hang, even if it ignores the signal. */
export function rejectedOn(signal: AbortSignal): Promise<never> {
  const rejected = new Promise<never>((_, reject) => {
    const tell = () => reject(signal.reason);
    if (signal.aborted) tell();
    else signal.addEventListener("abort", tell, { once: true });
  });
  // Avoids an unhandled rejection when the race is already over.
  rejected.catch(() => {});
  return rejected;
}
