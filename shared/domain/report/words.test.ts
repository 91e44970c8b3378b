import { describe, expect, test } from "vitest";
import { scaleWords, verdictOf } from "./words.ts";

describe("words of a report", () => {
  test("a change whose interval covers 0, touches it or is missing is neither better nor worse", () => {
    expect(verdictOf("higher", 0.1, [-0.1, 0.3])).toBe("open");
    expect(verdictOf("higher", 0.1, [0, 0.3])).toBe("open");
    expect(verdictOf("higher", 0.1, null)).toBe("open");
    expect(verdictOf("higher", 0.1, [0.05, 0.3])).toBe("better");
    expect(verdictOf("lower", 0.1, [0.05, 0.3])).toBe("worse");
    expect(verdictOf("lower", -0.1, [-0.3, -0.05])).toBe("better");
  });

  test("scaleWords names a rule score as a baseline", () => {
    expect(scaleWords({ scale: "rule-score", scaleName: "rule score" })).toBe("rule score (a baseline)");
    expect(scaleWords({ scale: "quality", scaleName: "quality" })).toBe("quality (by an LLM judge)");
  });
});
