import { expect, it } from "vitest";
import { cosine } from "./cosine.ts";

it("cosine is 1 for parallel vectors, 0 for orthogonal or zero ones, −1 for opposite ones", () => {
  expect(cosine([1, 2], [2, 4])).toBeCloseTo(1, 12);
  expect(cosine([1, 0], [0, 3])).toBe(0);
  expect(cosine([0, 0], [1, 1])).toBe(0);
  expect(cosine([1, 1], [-1, -1])).toBeCloseTo(-1, 12);
});
