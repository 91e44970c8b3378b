import { describe, expect, test } from "vitest";
import {
  changeInterval,
  counted,
  interval,
  number,
  percent,
  probability,
  pValue,
  scaleWords,
  signed,
  signedPercent,
  significant,
  verdictOf,
} from "./words.ts";

describe("words of a report", () => {
  test("undefined is a dash, never a zero", () => {
    expect([number(null), signed(null), percent(null), pValue(null), interval(null)]).toEqual([
      "–",
      "–",
      "–",
      "–",
      "–",
    ]);
  });

  test("a probability that rounds to nothing is said to be small", () => {
    expect([0, 0.000499, 0.0005, 0.25, null].map(probability)).toEqual([
      "<0.001",
      "<0.001",
      "0.001",
      "0.250",
      "–",
    ]);
  });

  test("a change has a sign, and one that rounds to nothing says so", () => {
    expect([signed(0.1234), signed(-0.1234), signed(-0.0001), number(-0.0001), number(-0.5)]).toEqual([
      "+0.123",
      "−0.123",
      "±0.000",
      "0.000",
      "−0.500",
    ]);
    expect(changeInterval([-0.1, 0])).toBe("[−0.100, 0.000]");
    expect([signedPercent(0.304), signedPercent(-1), signedPercent(0.0001), signedPercent(null)]).toEqual([
      "+30.4 %",
      "−100.0 %",
      "±0.0 %",
      "–",
    ]);
  });

  test("significant digits are three, in the fewest signs", () => {
    expect([0.0002, 0.00002, 1.5, 2.3456, 12345, 1000, -0.25, 0, null].map(significant)).toEqual([
      "0.0002",
      "2e-5",
      "1.5",
      "2.35",
      "12,300",
      "1000",
      "−0.25",
      "0",
      "–",
    ]);
  });

  test("small p-values are not zero", () => {
    expect([pValue(0.00001), pValue(0.05)]).toEqual(["<0.001", "0.050"]);
  });

  test("a change whose interval covers 0, touches it or is missing is neither better nor worse", () => {
    expect(verdictOf("higher", 0.1, [-0.1, 0.3])).toBe("open");
    expect(verdictOf("higher", 0.1, [0, 0.3])).toBe("open");
    expect(verdictOf("higher", 0.1, null)).toBe("open");
    expect(verdictOf("higher", 0.1, [0.05, 0.3])).toBe("better");
    expect(verdictOf("lower", 0.1, [0.05, 0.3])).toBe("worse");
    expect(verdictOf("lower", -0.1, [-0.3, -0.05])).toBe("better");
  });

  test("one row, two rows; a rule score is a baseline", () => {
    expect([counted(1, "row"), counted(2, "row")]).toEqual(["1 row", "2 rows"]);
    expect(scaleWords({ scale: "rule-score", scaleName: "rule score" })).toBe("rule score (a baseline)");
    expect(scaleWords({ scale: "quality", scaleName: "quality" })).toBe("quality (by an LLM judge)");
  });
});
