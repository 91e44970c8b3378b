import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { tinySample } from "../electron/services/testing/tinySample.ts";
import { keywords, wordsOf } from "../shared/domain/dataset/keywords.ts";
import { datasetRows } from "../shared/domain/dataset/read.ts";
import { stemOf } from "../shared/domain/dataset/stem.ts";
import { lintReport } from "../shared/domain/lint/lintReport.ts";
import { followsTemplates } from "../shared/testing/nameTemplates.ts";

const file = path.join(tinySample, "data", "dataset_v1.csv");
const bytes = readFileSync(file);
const rows = datasetRows(bytes, file);
const safe = rows.filter(({ suggestions }) => suggestions.length > 0);

describe("the tiny sample's first dataset", () => {
  test("has 120 rows, 16 of them refusals", () => {
    expect(rows).toHaveLength(120);
    expect(safe).toHaveLength(104);
  });

  test("has no lint errors or warnings", () => {
    const [report] = lintReport([{ file, bytes }]).files;
    expect(report?.findings).toEqual([]);
  });

  test("builds every name from the name templates and words of its description, in order", () => {
    const astray = safe.filter(({ description, suggestions }) => {
      const stems = [...new Set(wordsOf(description).map(stemOf))];
      return !stems.some((first, at) => followsTemplatesFrom(suggestions, first, stems.slice(at + 1)));
    });
    expect(astray).toEqual([]);
  });

  test("repeats no name and no description", () => {
    const names = safe.flatMap(({ suggestions }) => suggestions);
    expect(new Set(names).size).toBe(names.length);
    expect(new Set(rows.map(({ description }) => description)).size).toBe(rows.length);
  });

  test("excludes bees and birds, water sports, the stars, museums and every constraint", () => {
    const absent =
      /\b(bees?|beekeep\w*|birds?|kayak|surf|sail(ing)?|telescope|planet\w*|museum|hyphens?|digits?)\b/i;
    expect(safe.filter(({ description }) => absent.test(description))).toEqual([]);
  });

  test("varies: 4 to 60 words, with few shared openings", () => {
    const lengths = rows.map(({ description }) => description.split(/\s+/).length);
    expect(Math.min(...lengths)).toBeLessThanOrEqual(4);
    expect(Math.max(...lengths)).toBeGreaterThan(40);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(60);
    const beginnings = new Set(rows.map(({ description }) => description.split(" ").slice(0, 2).join(" ")));
    expect(beginnings.size).toBeGreaterThan(110);
    expect(new Set(rows.flatMap(({ description }) => keywords(description))).size).toBeGreaterThan(600);
  });
});

/** Returns true if the names follow the templates with `first` and zero to two of the `later` stems. */
function followsTemplatesFrom(names: readonly string[], first: string, later: readonly string[]): boolean {
  if (!names[0]?.startsWith(`${first}-`)) return false;
  if (followsTemplates(names, [first])) return true;
  return later.some(
    (second, at) =>
      followsTemplates(names, [first, second]) ||
      later.slice(at + 1).some((third) => followsTemplates(names, [first, second, third])),
  );
}
