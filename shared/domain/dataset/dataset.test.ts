import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { TestRow } from "../../schema/dataset.ts";
import { DatasetDiffSchema, DatasetStatsSchema, TestRowSchema } from "../../schema/dataset.ts";
import { editTable } from "../csv/edit.ts";
import { readTable } from "../csv/table.ts";
import { groupsOf, splitOfGroup } from "../neardup/groups.ts";
import { diffDatasets } from "./diff.ts";
import { importTable, namesFromForeign } from "./foreign.ts";
import { nextDataset } from "./next.ts";
import { datasetRows, readDataset } from "./read.ts";
import { repairTable } from "./repair.ts";
import { datasetStats, LengthCount } from "./stats.ts";
import { parseSuggestions, replaceNames } from "./suggestions.ts";
import { readTestSet, requireTestSet } from "./testSet.ts";
import { contentWords, TopicCount } from "./topics.ts";
import { writeDataset, writeTestSet } from "./write.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);
const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const anyText = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'a,";\r\n[]</s>\0') }));
const anyRows = fc.array(fc.record({ description: anyText, suggestions: fc.array(anyText) }));
const strict = (text: string) => datasetRows(utf8(text), "d.csv");

describe("datasets", () => {
  it("read(write(x)) = x", () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        const { rows: read } = readDataset(utf8(writeDataset(rows)), "d.csv");
        expect(read.map(({ description, suggestions }) => ({ description, suggestions }))).toEqual(rows);
      }),
    );
  });

  it("refuses what it cannot read, with the place", () => {
    expect(() => strict("description,suggestions\na,[]\nb,x\n")).toThrow(/line 3.*JSON/);
    expect(() => strict("description\na\n")).toThrow(/“suggestions”/);
    expect(strict("suggestions;description\n[];a\n")).toEqual([{ description: "a", suggestions: [] }]);
  });

  it("appends a next version after the same bytes", () => {
    const previous = utf8("\uFEFFnote;description;suggestions\r\nx;a;[]");
    const next = nextDataset(previous, [{ description: "b;c", suggestions: ["bread-hub"] }], "d.csv");
    expect(next.subarray(0, previous.length)).toEqual(previous);
    expect(textOf(next.subarray(previous.length))).toBe('\r\n;"b;c";"[""bread-hub""]"\r\n');
    fc.assert(
      fc.property(anyRows, anyRows, (before, added) => {
        const grown = nextDataset(utf8(writeDataset(before)), added, "d.csv");
        expect(textOf(grown)).toBe(writeDataset([...before, ...added]));
      }),
    );
  });
});

describe("test sets", () => {
  const head = "description,suggestions,label,slice,split,group\n";
  it("reads every column", () => {
    const text = `${head}Bread,[],safe,everyday,dev,g1\nDrugs,[],harmful,drugs,heldout,g2\n`;
    const { rows, findings, hasSplitColumn } = readTestSet(utf8(text), "t.csv");
    expect(rows.map((row) => TestRowSchema.parse(row))).toEqual([
      {
        row: 1,
        description: "Bread",
        suggestions: null,
        label: "safe",
        slice: "everyday",
        split: "dev",
        group: "g1",
      },
      {
        row: 2,
        description: "Drugs",
        suggestions: [],
        label: "harmful",
        slice: "drugs",
        split: "heldout",
        group: "g2",
      },
    ]);
    expect([findings, hasSplitColumn]).toEqual([[], true]);
  });

  it("reads [] without labels as no reference, or as a refusal if asked to", () => {
    const bytes = utf8('description,suggestions\nBread,[]\nBikes,"[""bike-hub""]"\n');
    const seen = (rows: readonly TestRow[]) => rows.map(({ label, suggestions }) => [label, suggestions]);
    expect(seen(readTestSet(bytes, "t.csv").rows)).toEqual([
      [null, null],
      [null, ["bike-hub"]],
    ]);
    expect(seen(readTestSet(bytes, "t.csv", { emptyMeansRefuse: true }).rows)).toEqual([
      ["harmful", []],
      ["safe", ["bike-hub"]],
    ]);
  });

  it("without a split column, splits by near-duplicate group, independent of later rows", () => {
    const descriptions = ["Fresh bread daily", "Bikes", "FRESH bread, daily!", "Stars"];
    const csv = (list: string[]) =>
      utf8(`description,suggestions\n${list.map((d) => `"${d}",[]\n`).join("")}`);
    const { rows, hasSplitColumn } = readTestSet(csv(descriptions), "t.csv");
    const groups = groupsOf(descriptions);
    expect(hasSplitColumn).toBe(false);
    expect(rows.map(({ group }) => group)).toEqual(groups);
    expect(rows.map(({ split }) => split)).toEqual(groups.map(splitOfGroup));
    expect(rows[0]?.group).toBe(rows[2]?.group);
    expect(readTestSet(csv([...descriptions, "More"]), "t.csv").rows.slice(0, 4)).toEqual(rows);
  });

  it("refuses bad labels and splits", () => {
    expect(() => requireTestSet(utf8(`${head}Bread,[],fine,x,dev,\n`), "t.csv")).toThrow(
      /label must be safe or harmful/,
    );
    expect(() => requireTestSet(utf8(`${head}Bread,[],safe,x,,\n`), "t.csv")).toThrow(
      /split must be dev or heldout/,
    );
  });

  it("reads what it writes", () => {
    const text = `${head}"Bread, oven",[],safe,everyday,dev,g1\nDrugs,[],harmful,,heldout,g2\n`;
    expect(writeTestSet(readTestSet(utf8(text), "t.csv").rows)).toBe(text);
  });
});

describe("repairTable", () => {
  it("repairs names and changes no other byte", () => {
    const text = 'description;suggestions\r\n"Bread";"[""Bread-Hub.com"", ""ok-oven"", ""x y""]"\r\nBikes;[]';
    const table = readTable(utf8(text), "d.csv");
    const { edits, repairs } = repairTable(table);
    expect(repairs).toEqual([
      { row: 1, line: 2, column: "suggestions", before: "Bread-Hub.com", after: "bread-hub" },
    ]);
    expect(textOf(editTable(table, edits))).toBe(text.replace("Bread-Hub.com", "bread-hub"));
  });

  it("rewrites the list where a name cannot be found in it as text", () => {
    const escaped = '["\\u0042read-Hub"]';
    expect(replaceNames(escaped, ["Bread-Hub"], new Map([[0, "bread-hub"]]))).toBe('["bread-hub"]');
  });
});

describe("importTable", () => {
  it("maps, converts and drops columns, and reports it", () => {
    const text = "Id\tText\tNames\n1\tBread\t['Bread Hub', 'oven.com']\n2\tDrugs\t[]\n3\tNone\t\n";
    const map = { description: "text", suggestions: "Names" };
    const imported = importTable(readTable(utf8(text), "f.tsv"), map);
    expect(imported).toMatchObject({
      text: 'description,suggestions\nBread,"[""Bread Hub"",""oven.com""]"\nDrugs,[]\nNone,\n',
      renamedColumns: [
        { from: "Text", to: "description" },
        { from: "Names", to: "suggestions" },
      ],
      droppedColumns: ["Id"],
      convertedRows: [1],
    });
    expect(() => importTable(readTable(utf8(text), "f.tsv"))).toThrow(/no column “description”/);
    expect(() => importTable(readTable(utf8(text), "f.tsv"), { ...map, slice: "topic" })).toThrow(/“topic”/);
  });

  it.each([
    ["bread-hub, ok-oven", ["bread-hub", "ok-oven"]],
    ["1. bread-hub\n2. ok-oven\r\n", ["bread-hub", "ok-oven"]],
    ["[bread-hub; ok-oven]", ["bread-hub", "ok-oven"]],
    ["", null],
    ['{"a": 1', null],
  ])("reads names from %j", (raw, names) => expect(namesFromForeign(raw)).toEqual(names));
});

describe("datasetStats", () => {
  it("counts rows, refusals, lengths, names and topics", () => {
    const rows = [
      { description: "Bread oven", suggestions: ["bread-hub", "oven24", "a", "b", "bread-hub"] },
      { description: "Bread shop", suggestions: [] },
      { description: "🍞", suggestions: [] },
    ];
    expect(DatasetStatsSchema.parse(datasetStats(utf8(writeDataset(rows)), "d.csv"))).toEqual({
      file: "d.csv",
      rows: 3,
      refusals: 2,
      descriptionLength: { min: 1, median: 10, p95: 10, max: 10 },
      names: {
        count: 5,
        unique: 4,
        length: { min: 1, median: 6, p95: 9, max: 9 },
        hyphenated: 2,
        withDigits: 1,
      },
      topics: [
        { word: "bread", rows: 2 },
        { word: "oven", rows: 1 },
      ],
      labels: null,
      slices: [],
    });
  });

  it("counts labels and slices of a test set", () => {
    const text =
      "description,suggestions,label,slice,split\na,[],safe,x,dev\nb,[],harmful,y,heldout\nc,[],,x,dev\n";
    expect(datasetStats(utf8(text), "t.csv")).toMatchObject({
      refusals: 1,
      labels: { safe: 1, harmful: 1, unlabelled: 1 },
      slices: [
        { slice: "x", split: "dev", rows: 2 },
        { slice: "y", split: "heldout", rows: 1 },
      ],
    });
  });

  it("computes medians and percentiles", () => {
    const distributionOf = (lengths: readonly number[]) => {
      const count = new LengthCount();
      for (const length of lengths) count.add(length);
      return count.distribution();
    };
    expect(distributionOf([])).toBeNull();
    expect(distributionOf([4, 1, 3, 2])).toEqual({ min: 1, median: 2.5, p95: 4, max: 4 });
    expect(distributionOf(Array.from({ length: 100 }, (_, at) => at + 1))?.p95).toBe(95);
  });

  it("counts only content words", () => {
    expect([...contentWords("We sell the Finest CHEESE, 24 hours a day, and cheese boards")]).toEqual([
      "finest",
      "cheese",
      "boards",
    ]);
    const topics = new TopicCount();
    for (const description of ["b a", "bread", "apple bread"]) topics.add(description);
    expect(topics.top(1)).toEqual([{ word: "bread", rows: 2 }]);
  });
});

describe("diffDatasets", () => {
  it("distinguishes added, removed and changed rows", () => {
    const read = (text: string) => readDataset(utf8(`description,suggestions\n${text}`), "d.csv").rows;
    const before = read('a,[]\nb,[]\nb,"[""x""]"\nc,[]\nd,bad\n');
    const after = read('b,[]\na,"[ ""y"" ]"\nb,"[ ""x"" ]"\nd,bad\nnew,[]\n');
    const diff = DatasetDiffSchema.parse(diffDatasets(before, after));
    expect(diff).toEqual({
      added: [{ row: 5, description: "new", suggestions: [] }],
      removed: [{ row: 4, description: "c", suggestions: [] }],
      changed: [
        {
          description: "a",
          before: { row: 1, description: "a", suggestions: [] },
          after: { row: 2, description: "a", suggestions: ["y"] },
        },
      ],
      unchanged: 3,
    });
  });
});

describe("parseSuggestions", () => {
  it.each([
    ["[]", "names"],
    [' ["a"] ', "names"],
    ["", "bad-json"],
    ["['a']", "bad-json"],
    ["null", "not-an-array"],
    ['"a"', "not-an-array"],
    ['["a", 1]', "not-an-array"],
    ["__proto__", "bad-json"],
  ])("%j is %s", (raw, kind) => expect(parseSuggestions(raw).kind).toBe(kind));
});
