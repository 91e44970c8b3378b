import { describe, expect, test } from "vitest";
import { nameProbabilities, refusalProbability, type WhitespaceStep } from "./probability.ts";

const token = (piece: string, probability: number) => ({ piece, logprob: Math.log(probability) });

describe("names", () => {
  test("product over a name's tokens and its terminator, and the geometric mean per token", () => {
    const tokens = [token(" ", 0.5), token("bread", 0.5), token("\n", 0.25), token("oven", 0.1)];
    const [first, second] = nameProbabilities(tokens, Math.log(0.9));
    expect(first?.probability).toBeCloseTo(0.0625, 12);
    expect(first?.perToken).toBeCloseTo(0.0625 ** (1 / 3), 12);
    expect(second?.probability).toBeCloseTo(0.09, 12);
    expect(second?.perToken).toBeCloseTo(0.3, 12);
  });

  test("truncated lines, empty lines and empty texts have none", () => {
    expect(nameProbabilities([token("a", 0.5), token("\n", 0.5), token("b", 0.5)], null)[1]).toBeNull();
    expect(nameProbabilities([token("a", 0.5), token("\n", 0.5)], 0)).toHaveLength(2);
    expect(nameProbabilities([token("a", 0.5), token("\n", 0.5)], 0)[1]).toBeNull();
    expect(nameProbabilities([], -1)).toEqual([]);
    expect(nameProbabilities([token(" ", 0.5)], -1)).toEqual([]);
  });

  test("two lines in one token have no separate probability, but the lines around them do", () => {
    const tokens = [token("a", 0.5), token("\n", 0.5), token("b\nc", 0.5), token("\n", 0.5), token("d", 0.5)];
    expect(nameProbabilities(tokens, 0).map((name) => name !== null)).toEqual([true, false, false, true]);
  });

  test("one entry per line of the text, also with a token of two newlines", () => {
    const tokens = [token("a", 0.5), token("\n\n", 0.5), token("b", 0.5)];
    expect(nameProbabilities(tokens, 0).map((name) => name !== null)).toEqual([true, false, true]);
  });
});

describe("refusal", () => {
  const step = (end: number, whitespace: Record<number, number>): WhitespaceStep => ({
    end,
    whitespace: new Map(Object.entries(whitespace).map(([id, probability]) => [Number(id), probability])),
  });

  test("end, one whitespace and end, two and end; never three", async () => {
    const asked: string[] = [];
    const { probability, skipped } = await refusalProbability(step(0.3, { 7: 0.4, 8: 0.1 }), async (path) => {
      asked.push(path.join(","));
      return path.length === 1 ? step(0.5, { 7: 0.2, 8: 0 }) : step(0.25, { 7: 0.75 });
    });
    // 0.3 + 0.4·0.5 + 0.4·0.2·0.25 + 0.1·0.5 + 0.1·0.2·0.25
    expect(probability).toBeCloseTo(0.3 + 0.2 + 0.02 + 0.05 + 0.005, 12);
    expect(skipped).toBe(0);
    expect(asked).toEqual(["7", "7,7", "8", "8,7"]);
  });

  test("skips the rarest paths while they are negligible together, and follows the others by weight", async () => {
    const asked: string[] = [];
    const found = await refusalProbability(
      step(0.3, { 7: 6e-5, 8: 0.01, 9: 3e-5, 6: 2e-4 }),
      async (path) => {
        asked.push(path.join(","));
        return step(0.5, {});
      },
    );
    expect(asked).toEqual(["8", "6"]);
    expect(found.probability).toBeCloseTo(0.3 + 0.005 + 1e-4, 12);
    expect(found.skipped).toBeCloseTo(9e-5, 12);
  });

  test("evaluates no negligible paths and reports what they could add", async () => {
    const none = async (): Promise<WhitespaceStep> => {
      throw new Error("asked");
    };
    expect(await refusalProbability(step(0.3, { 7: 9e-7, 8: 4e-7 }), none)).toEqual({
      probability: 0.3,
      skipped: expect.closeTo(1.3e-6, 12),
    });
  });
});
