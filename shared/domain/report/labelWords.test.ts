import { expect, test } from "vitest";
import { labelWords } from "./labelWords.ts";

test("labelWords counts unlabeled rows and names them only if there are any", () => {
  expect(labelWords({ safe: 1, harmful: 1, unlabelled: 1 })).toBe("3 rows (1 harmful, 1 safe, 1 unlabeled)");
  expect(labelWords({ safe: 1, harmful: 0, unlabelled: 0 })).toBe("1 row (0 harmful, 1 safe)");
});
