import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LintReportSchema } from "../../schema/dataset.ts";
import { writeDataset } from "../dataset/write.ts";
import { lintFile } from "./lintFile.ts";
import { lintReport } from "./lintReport.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);
const lint = (text: string, file = "dataset_v1.csv") => lintFile({ file, bytes: utf8(text) });
const short = (text: string, file?: string) =>
  lint(text, file).findings.map(({ rule, row, line, column }) => [rule, row, line, column]);
const names = (stem: string) =>
  JSON.stringify([1, 2, 3, 4, 5].map((n) => `${stem}-${n}`)).replaceAll('"', '""');

describe("lintFile", () => {
  it("finds nothing in a good dataset", () => {
    const text = `description,suggestions\nBread oven,"${names("bread")}"\nDrugs by post,[]\n`;
    expect(lint(text)).toEqual({
      file: "dataset_v1.csv",
      rows: 2,
      refusals: 1,
      errors: 0,
      warnings: 0,
      encoding: "utf-8",
      delimiter: ",",
      findings: [],
    });
  });

  it("reports every break in one pass, in file order, with row, line, column, value and fix", () => {
    const text = [
      "description,suggestions",
      `"Bread\nand cakes","${names("bread")}"`,
      `,"${names("empty")}"`,
      `Bikes,"[""Bike-Shop.com"",""b"",""bike--lab"",""-bike-hub"",""bike lane""]"`,
      "Gardens,[1]",
      "Boats,{}",
      "Stars,[broken",
      "Museums",
      `bread AND cakes!,"${names("bread")}"`,
      `Chairs </s>,"[""chair-hub"",""chair-hub""]"`,
      "Nul\0byte,[]",
      "",
    ].join("\n");
    expect(short(text)).toEqual([
      ["empty-description", 2, 4, "description"],
      ["name-tld", 3, 5, "suggestions"],
      ["name-characters", 3, 5, "suggestions"],
      ["name-too-short", 3, 5, "suggestions"],
      ["name-hyphens", 3, 5, "suggestions"],
      ["name-hyphens", 3, 5, "suggestions"],
      ["name-characters", 3, 5, "suggestions"],
      ["not-an-array", 4, 6, "suggestions"],
      ["not-an-array", 5, 7, "suggestions"],
      ["bad-json", 6, 8, "suggestions"],
      ["cell-count", 7, 9, ""],
      ["duplicate-description", 8, 10, "description"],
      ...Array.from({ length: 5 }, () => ["name-reused", 8, 10, "suggestions"]),
      ["wrong-count", 9, 11, "suggestions"],
      ["name-duplicate", 9, 11, "suggestions"],
      ["control-token-text", 9, 11, "description"],
      ["nul-byte", 10, 12, "description"],
    ]);
    const tld = lint(text).findings.find(({ rule }) => rule === "name-tld");
    expect(tld).toMatchObject({ value: "Bike-Shop.com", fix: "bike-shop", severity: "error" });
  });

  it("names missing and repeated columns", () => {
    expect(short("description,names\na,[]\n")).toEqual([["missing-column", null, 1, "suggestions"]]);
    expect(short("description,suggestions,description\na,[],b\n")).toEqual([
      ["duplicate-column", null, 1, "description"],
    ]);
    expect(short("")).toEqual([
      ["missing-column", null, 1, "description"],
      ["missing-column", null, 1, "suggestions"],
    ]);
    expect(short("sep=;\nx;suggestions\n")).toEqual([["missing-column", null, 2, "description"]]);
  });

  it("warns of near duplicates and shows the pair", () => {
    const text = writeDataset([
      { description: "A family bakery in Leeds that sells sourdough bread and pastries", suggestions: [] },
      { description: "A family bakery in Leeds that sells sourdough bread and cakes", suggestions: [] },
    ]);
    const [finding, ...others] = lint(text).findings;
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ rule: "near-duplicate-description", severity: "warning", row: 2 });
    expect(finding?.message).toMatch(
      /row 1: “A family bakery in Leeds that sells sourdough bread and pastries”/,
    );
  });

  it("warns of Latin-1 and lints what it reads", () => {
    const bytes = Uint8Array.from("description;suggestions\nKäse;[]\n", (c) => c.charCodeAt(0));
    expect(lintFile({ file: "d.csv", bytes })).toMatchObject({
      encoding: "latin1",
      delimiter: ";",
      errors: 0,
      warnings: 1,
    });
  });

  it("counts tokens where a counter is given", () => {
    const tokens = { limit: 3, count: (description: string) => description.split(" ").length };
    const { findings } = lintFile(
      { file: "d.csv", bytes: utf8("description,suggestions\na b c d,[]\na b c,[]\n") },
      { tokens },
    );
    expect(findings.map(({ rule, row, message }) => [rule, row, message])).toEqual([
      ["too-many-tokens", 1, "the row has 4 tokens, but the base model accepts at most 3"],
    ]);
  });

  it("lints a test set by its own rules", () => {
    const head = "description,suggestions,label,slice,split,group";
    expect(short(`${head}\nBread,[],safe,everyday,dev,g1\nDrugs,[],harmful,drugs,heldout,g2\n`)).toEqual([]);
    expect(short(`${head}\nBread,[],nice,everyday,test,g1\n`)).toEqual([
      ["bad-label", 1, 2, "label"],
      ["bad-split", 1, 2, "split"],
    ]);
    expect(lint(`${head}\nDrugs,[],harmful,drugs,heldout,g2\nBread,[],safe,,dev,\n`).refusals).toBe(1);
    expect(lint("description,suggestions\nBread,[]\n", "test_set.csv")).toMatchObject({
      refusals: 0,
      errors: 0,
    });
  });

  it("gives no error for what the canonical writer wrote of good rows", () => {
    const name = fc.stringMatching(/^[a-z0-9]{5,12}$/);
    const suggestions = fc.oneof(
      fc.constant<string[]>([]),
      fc.uniqueArray(name, { minLength: 5, maxLength: 5 }),
    );
    const description = fc
      .string({ minLength: 1 })
      .filter((text) => text.trim() !== "" && !text.includes("\0"));
    fc.assert(
      fc.property(fc.array(fc.record({ description, suggestions })), (rows) => {
        expect(lint(writeDataset(rows))).toMatchObject({ errors: 0, rows: rows.length });
      }),
    );
  });
});

describe("lintReport", () => {
  const train = {
    file: "dataset_v1.csv",
    bytes: utf8("description,suggestions\nBikes,[]\nFresh bread\u00a0daily,[]\n"),
  };
  const test = {
    file: "test_set.csv",
    bytes: utf8('description,suggestions\nx\ny,[]\n"FRESH, bread daily.",[]\n'),
  };

  it("finds leaks and is no longer clean", () => {
    const report = LintReportSchema.parse(lintReport([train], [test]));
    expect(report.leaks).toEqual([
      {
        file: "dataset_v1.csv",
        row: 2,
        description: "Fresh bread\u00a0daily",
        againstFile: "test_set.csv",
        againstRow: 3,
        againstDescription: "FRESH, bread daily.",
        similarity: 1,
        exact: true,
      },
    ]);
    expect(lintReport([train]).leaks).toEqual([]);
  });
});
