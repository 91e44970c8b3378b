import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

/** Frozen before the first v2 was trained. A change of it is a new test set, and every figure before it is void. */
const frozen = "bd5d29dc6ced3c52cf8aa4d13b1499776f05baeb53e192dcd8ccd53af0d91485";

it("keeps the held-out half as it was frozen", () => {
  const file = new URL("../data/test_set.csv", import.meta.url);
  const lines = readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line.includes(",heldout,"));
  expect(lines).toHaveLength(230);
  expect(
    createHash("sha256")
      .update(`${lines.join("\n")}\n`)
      .digest("hex"),
  ).toBe(frozen);
});
