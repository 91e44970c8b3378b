import { type CanaryAlarm, canaries, canaryAlarm } from "../../../shared/domain/judging/canary.ts";
import type { Meter } from "../llm/meter.ts";
import type { Judge } from "./judge.ts";

/**
 * Scores the canary rows (a known good, a known bad and an injected one) like any other rows, once per occasion (a run),
 * to detect a judge that changed under the same name. An alarm means that the run's scores are unreliable. An unscored
 * canary raises no alarm. Throws like `Judge.scoreNames`.
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
