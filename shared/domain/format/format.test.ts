import { describe, expect, test } from "vitest";
import { formatBytes } from "./bytes.ts";
import { formatDollars } from "./cost.ts";
import { formatCount, formatLargeCount, pluralize } from "./count.ts";
import { formatDuration } from "./duration.ts";
import { shortHash } from "./hash.ts";
import {
  formatInterval,
  formatNumber,
  formatQuantity,
  formatShare,
  formatShareOf,
  formatSigned,
  formatSignedInterval,
  formatSignificant,
} from "./number.ts";
import { describeP, formatP, formatProbability } from "./probability.ts";
import { sentence, sentenceCase } from "./sentence.ts";

describe("counts", () => {
  test("pluralize says one row, two rows and separates thousands", () => {
    expect([0, 1, 2, 1234].map((count) => pluralize(count, "row"))).toEqual([
      "0 rows",
      "1 row",
      "2 rows",
      "1,234 rows",
    ]);
    expect(pluralize(2, "entry", "entries")).toBe("2 entries");
  });

  test("formatCount separates every three digits", () => {
    expect([7, 999, 1000, 1_650_000].map(formatCount)).toEqual(["7", "999", "1,000", "1,650,000"]);
  });
});

test("formatLargeCount keeps three significant digits, also next to a larger unit", () => {
  const counts = [512, 12_345, 1_970_000, 999_400_000, 999_900_000, 7_248_000_000, 70_000_000_000];
  expect(counts.map(formatLargeCount)).toEqual(["512", "12,345", "1.97 M", "999 M", "1 B", "7.25 B", "70 B"]);
});

describe("numbers", () => {
  test("every formatter shows an undefined value as a dash", () => {
    const shown = [formatNumber, formatSigned, formatInterval, formatSignedInterval, formatShare];
    expect([...shown, formatSignificant, formatP, formatProbability].map((format) => format(null))).toEqual(
      Array.from({ length: 8 }, () => "–"),
    );
    expect(formatShareOf(0, 0)).toBe("–");
  });

  test("formatNumber uses the real minus sign and has no negative zero", () => {
    expect([0.5, -0.5, -0.0001, 1234.5].map((value) => formatNumber(value))).toEqual([
      "0.500",
      "−0.500",
      "0.000",
      "1,234.500",
    ]);
    expect(formatNumber(-0.04, 1)).toBe("0.0");
  });

  test("formatQuantity shows a decimal only where there is one", () => {
    expect([12, 1234, 12.5, 1234.04].map(formatQuantity)).toEqual(["12", "1,234", "12.5", "1,234.0"]);
  });

  test("formatSigned marks a change that rounds to zero as ±", () => {
    expect([0.1234, -0.1234, -0.0001, 0.0004].map((value) => formatSigned(value))).toEqual([
      "+0.123",
      "−0.123",
      "±0.000",
      "±0.000",
    ]);
  });

  test("intervals use the same signs as their values", () => {
    expect(formatInterval([-0.1, 0.2])).toBe("[−0.100, 0.200]");
    expect(formatSignedInterval([-0.1, 0])).toBe("[−0.100, 0.000]");
    expect(formatSignedInterval([0.01, 0.2])).toBe("[+0.010, +0.200]");
  });

  test("formatShare is a decimal, not a percentage", () => {
    expect([formatShare(0.304), formatShareOf(1, 8)]).toEqual(["0.304", "0.125"]);
  });

  test("formatSignificant keeps three digits and drops trailing zeros", () => {
    expect([0.0002, 0.00002, 1.5, 2.3456, 12345, 1000, -0.25, 0, 2.5e9].map(formatSignificant)).toEqual([
      "0.0002",
      "2e−5",
      "1.5",
      "2.35",
      "12,300",
      "1,000",
      "−0.25",
      "0",
      "2.5e9",
    ]);
  });
});

describe("probabilities", () => {
  test("formatP and describeP never show a small p as zero or in scientific notation", () => {
    expect([1e-7, 0.00099, 0.001, 0.024, 1].map(formatP)).toEqual([
      "<0.001",
      "<0.001",
      "0.001",
      "0.024",
      "1.000",
    ]);
    expect([1e-7, 0.024].map(describeP)).toEqual(["p < 0.001", "p = 0.024"]);
  });

  test("formatProbability shows what would round to zero as small", () => {
    expect([0, 0.000499, 0.0005, 0.25].map(formatProbability)).toEqual([
      "<0.001",
      "<0.001",
      "0.001",
      "0.250",
    ]);
  });
});

test("formatBytes uses decimal units and never shows a thousand of a unit", () => {
  const counts = [0, 999, 999.7, 1000, 9949, 99_949, 99_950, 999_499, 999_500, 14_480_000_000, 5e15];
  expect(counts.map(formatBytes)).toEqual([
    "0 B",
    "999 B",
    "1.0 kB",
    "1.0 kB",
    "9.9 kB",
    "99.9 kB",
    "100 kB",
    "999 kB",
    "1.0 MB",
    "14.5 GB",
    "5000 TB",
  ]);
});

test("formatDuration shows the two largest units", () => {
  expect([-3, 0, 42.4, 59.6, 187, 3599.6, 7500].map(formatDuration)).toEqual([
    "0 s",
    "0 s",
    "42 s",
    "1 min 00 s",
    "3 min 07 s",
    "1 h 00 min",
    "2 h 05 min",
  ]);
});

test("formatDollars shows small amounts with two significant digits", () => {
  expect([0, 0.0000012, 0.0042, 0.0996, 0.1, 12.3].map(formatDollars)).toEqual([
    "$0",
    "$0.0000012",
    "$0.0042",
    "$0.10",
    "$0.10",
    "$12.30",
  ]);
});

test.each([
  ["the row is empty", "The row is empty"],
  ["data/dataset_v1.csv: line 2 has 3 cells", "data/dataset_v1.csv: line 2 has 3 cells"],
  ["dataset_v1.csv is not there", "dataset_v1.csv is not there"],
  ["results.csv is not there", "results.csv is not there"],
  ["v2 was not trained", "v2 was not trained"],
  ["`compare` wants two files", "`compare` wants two files"],
  ["maxLength is too small", "maxLength is too small"],
  ["judge's scores moved", "Judge's scores moved"],
  ["failed.", "Failed."],
  ["Already so", "Already so"],
  ["", ""],
])("sentenceCase begins %j as %j", (words, shown) => {
  expect(sentenceCase(words)).toBe(shown);
});

test("sentence ends in exactly one mark", () => {
  expect(["training v1 is running", "dataset_v1.csv is not there.", "who?"].map(sentence)).toEqual([
    "Training v1 is running.",
    "dataset_v1.csv is not there.",
    "Who?",
  ]);
});

test("shortHash shortens hashes and commits only", () => {
  expect([
    shortHash("a".repeat(64)),
    shortHash("b".repeat(40)),
    shortHash("greedy"),
    shortHash(null),
  ]).toEqual(["a".repeat(12), "b".repeat(12), "greedy", "none"]);
});
