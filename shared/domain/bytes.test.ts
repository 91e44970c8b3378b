import { expect, it } from "vitest";
import { bytes } from "./bytes.ts";

it("says bytes with two digits or three, and never a thousand of a unit", () => {
  const shown = [0, 999, 1000, 9949, 9950, 999_499, 999_500, 14_480_000_000, 5e15].map(bytes);
  expect(shown).toEqual([
    "0 B",
    "999 B",
    "1.0 kB",
    "9.9 kB",
    "10 kB",
    "999 kB",
    "1.0 MB",
    "14 GB",
    "5000 TB",
  ]);
});
