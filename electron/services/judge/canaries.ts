import { type CanaryAlarm, canaries, canaryAlarm } from "../../../shared/domain/judging/canary.ts";
import type { Meter } from "../llm/meter.ts";
import type { Judge } from "./judge.ts";

/**
 * Has the judge score the canary rows (a known good, a known bad, an injected one) as it scores any other, anew on
 * each occasion (a run), so that a judge that changed behind its name is noticed. An alarm flags the run: its scores
 * are not to be trusted. A canary that cannot be scored raises none, being unscored. Throws as `Judge.scoreNames`.
 */
export async function checkCanaries(
  judge: Judge,
  signal: AbortSignal,
  { meter, occasion }: { readonly meter?: Meter; readonly occasion?: string } = {},
): Promise<CanaryAlarm[]> {
  const alarms = await Promise.all(
    canaries.map(async ({ description, names, ...canary }) => {
      const row = { description, names, ...(occasion === undefined ? {} : { occasion }) };
      const verdict = await judge.scoreNames(row, signal, meter);
      return verdict.kind === "scored"
        ? canaryAlarm({ description, names, ...canary }, verdict.scores)
        : null;
    }),
  );
  return alarms.filter((alarm) => alarm !== null);
}
