import { type CanaryAlarm, canaries, canaryAlarm } from "../../../shared/domain/judging/canary.ts";
import type { Meter } from "../llm/meter.ts";
import type { Judge } from "./judge.ts";

/**
 * Has the judge score the canary rows (a known good, a known bad, an injected one) as it scores any other. An alarm
 * flags the run: its scores are not to be trusted. A canary that cannot be scored raises none, being unscored.
 * Throws as `Judge.scoreNames` does.
 */
export async function checkCanaries(
  judge: Judge,
  signal: AbortSignal,
  meter?: Meter,
): Promise<CanaryAlarm[]> {
  const alarms: CanaryAlarm[] = [];
  for (const canary of canaries) {
    const verdict = await judge.scoreNames(canary, signal, meter);
    const alarm = verdict.kind === "scored" ? canaryAlarm(canary, verdict.scores) : null;
    if (alarm !== null) alarms.push(alarm);
  }
  return alarms;
}
