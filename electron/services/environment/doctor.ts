import { setTimeout as sleep } from "node:timers/promises";
import type { CheckId, DoctorReport, EnvironmentCheck } from "../../../shared/schema/environment.ts";

export type Finding = Omit<EnvironmentCheck, "id">;

/** One check of `namewright doctor`. */
export interface Probe {
  readonly id: CheckId;
  /** The timeout in milliseconds. */
  readonly timeoutMs: number;
  check(signal: AbortSignal): Promise<Finding>;
}

/** Runs all probes at once. A probe that throws or times out becomes a warning with the reason. */
export async function runDoctor(probes: readonly Probe[]): Promise<DoctorReport> {
  return { checks: await Promise.all(probes.map(runProbe)) };
}

async function runProbe({ id, timeoutMs, check }: Probe): Promise<EnvironmentCheck> {
  const over = new AbortController();
  const done = new AbortController();
  const late = sleep(timeoutMs, null, { signal: done.signal }).then((): Finding => {
    over.abort();
    return { status: "warning", detail: `no answer within ${timeoutMs / 1000} s` };
  });
  try {
    return { id, ...(await Promise.race([check(over.signal), late])) };
  } catch (error) {
    return { id, status: "warning", detail: `the check failed: ${reasonOf(error)}` };
  } finally {
    late.catch(() => {});
    done.abort();
  }
}

function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.trim().split("\n")[0] || "no reason given";
}
