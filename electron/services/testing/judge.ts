import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";
import { mulberry32 } from "../../../shared/domain/random.ts";
import type { JudgeSettings } from "../../../shared/schema/judge.ts";
import { createFileLayer } from "../files/fileLayer.ts";
import type { JudgeDependencies } from "../judge/createJudge.ts";
import type { Clock } from "../llm/clock.ts";

/** For tests: a clock whose waits take no time and are recorded, in milliseconds. */
export interface InstantClock extends Clock {
  readonly waits: number[];
}

export function instantClock(wallTime = Date.UTC(2026, 0, 1)): InstantClock {
  const waits: number[] = [];
  let now = 0;
  return {
    waits,
    wallTime: () => wallTime + now,
    monotonic: () => now,
    async wait(ms, signal) {
      signal.throwIfAborted();
      waits.push(ms);
      now += ms;
    },
  };
}

/** For tests: returns everything a judge at `baseUrl` needs, with a cache in a folder that lasts as long as the test. */
export async function judgeDependencies(
  baseUrl: string,
  given: Partial<JudgeSettings> = {},
): Promise<
  JudgeDependencies & { readonly clock: InstantClock; readonly warnings: string[]; readonly folder: string }
> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "judge-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const warnings: string[] = [];
  return {
    files: createFileLayer(),
    promptsFolder: path.resolve(import.meta.dirname, "../../../resources/prompts"),
    pricesFile: path.resolve(import.meta.dirname, "../../../resources/prices.json"),
    cacheFile: path.join(folder, "judge-cache.jsonl"),
    apiKey: async () => "sk-test-key",
    setting: () => undefined,
    warn: (message) => warnings.push(message),
    given: { baseUrl, model: "scripted", replyTimeoutMs: 30_000, bodyTimeoutMs: 30_000, ...given },
    clock: instantClock(),
    random: mulberry32(1),
    warnings,
    folder,
  };
}
