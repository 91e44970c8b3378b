import { Failure } from "../../../shared/domain/failure.ts";

/** Throws `Failure` `bad-value`, naming what changed, unless a run's inputs are still those it was started with. */
export function assertUnchanged<Inputs extends object>(
  kind: string,
  started: Inputs,
  now: Inputs,
  hint: string,
): void {
  const changed = (Object.keys(started) as (keyof Inputs & string)[]).filter(
    (name) => JSON.stringify(started[name]) !== JSON.stringify(now[name]),
  );
  if (changed.length === 0) return;
  throw new Failure("bad-value", `the ${changed.join(" and ")} changed after this ${kind} started`, {
    hint,
  });
}
