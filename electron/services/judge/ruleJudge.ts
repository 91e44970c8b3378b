import { Failure } from "../../../shared/domain/failure.ts";
import { ruleJudgeText, ruleScoreNames } from "../../../shared/domain/rulescore/rulescore.ts";
import { sha256 } from "../hashing/hashing.ts";
import { createMeter } from "../llm/meter.ts";
import type { Judge } from "./judge.ts";

/** Creates the rule judge: deterministic, offline, free. Its *rule score* is a baseline; it can't label. */
export function createRuleJudge(): Judge {
  return {
    stamp: { kind: "rule", scale: "rule-score-0-1", model: null, rubric: sha256(ruleJudgeText) },
    // Pure computation: more would only queue.
    rowsAtOnce: 1,
    // It costs nothing, so no limit is ever reached.
    openMeter: () => createMeter(null),
    async scoreNames({ description, names }, signal) {
      if (signal.aborted) throw new Failure("cancelled", "cancelled while judging");
      return { kind: "scored", scores: ruleScoreNames(description, names), cached: false };
    },
  };
}
