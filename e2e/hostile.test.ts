import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDatasetService } from "../electron/services/dataset/datasetService.ts";
import { createFileLayer } from "../electron/services/files/fileLayer.ts";
import { testCompute } from "../electron/services/testing/compute.ts";
import { rowsFile, trainingRows } from "../electron/services/training/trainingRows.ts";
import { initWorkspace, type Workspace } from "../electron/services/workspace/workspace.ts";
import { editTable } from "../shared/domain/csv/edit.ts";
import { type DecodedText, encodeText } from "../shared/domain/csv/encoding.ts";
import { readTable } from "../shared/domain/csv/table.ts";
import { writeCsv } from "../shared/domain/csv/write.ts";
import { writeDataset } from "../shared/domain/dataset/write.ts";
import { fence } from "../shared/domain/judging/fence.ts";
import { lintFile } from "../shared/domain/lint/lintFile.ts";
import { promptFor } from "../shared/domain/prompt/template.ts";
import { wholeDocument } from "../shared/schema/document.ts";
import { naughtyStrings } from "./support/naughtyStrings.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);
const valuesOf = (bytes: Uint8Array) => {
  const table = readTable(bytes, "t.csv");
  return [table.header, ...table.records.map(({ cells }) => cells.map(({ value }) => value))];
};

/** The cases of csv-spectrum, rewritten from its list of names: the file and its contents. */
const spectrum: [string, string, string[][]][] = [
  [
    "comma in quotes",
    'first,last,address\nJane,Roe,"12 Mill Lane, Apt 3"\n',
    [
      ["first", "last", "address"],
      ["Jane", "Roe", "12 Mill Lane, Apt 3"],
    ],
  ],
  [
    "empty cells",
    'a,b,c\n1,"",""\n2,,4\n',
    [
      ["a", "b", "c"],
      ["1", "", ""],
      ["2", "", "4"],
    ],
  ],
  [
    "empty cells, CRLF",
    'a,b,c\r\n1,"",""\r\n2,,4\r\n',
    [
      ["a", "b", "c"],
      ["1", "", ""],
      ["2", "", "4"],
    ],
  ],
  [
    "escaped quotes",
    'a,b\n1,"he said ""ha"" to ""it"""\n3,"""4"""\n',
    [
      ["a", "b"],
      ["1", 'he said "ha" to "it"'],
      ["3", '"4"'],
    ],
  ],
  [
    "JSON in a cell",
    'key,val\n1,"{""type"": ""Point"", ""at"": [102.0, 0.5]}"\n',
    [
      ["key", "val"],
      ["1", '{"type": "Point", "at": [102.0, 0.5]}'],
    ],
  ],
  [
    "location coordinates",
    'place,"latitude, longitude"\nOslo,"59° 54′ N, 10° 44′ E"\nQuito,"-0.22985, -78.52495"\n',
    [
      ["place", "latitude, longitude"],
      ["Oslo", "59° 54′ N, 10° 44′ E"],
      ["Quito", "-0.22985, -78.52495"],
    ],
  ],
  [
    "newlines",
    'a,b,c\n1,2,3\n"Once upon\na time",5,6\n7,8,9\n',
    [
      ["a", "b", "c"],
      ["1", "2", "3"],
      ["Once upon\na time", "5", "6"],
      ["7", "8", "9"],
    ],
  ],
  [
    "newlines, CRLF",
    'a,b,c\r\n1,2,3\r\n"Once upon\r\na time",5,6\r\n7,8,9\r\n',
    [
      ["a", "b", "c"],
      ["1", "2", "3"],
      ["Once upon\r\na time", "5", "6"],
      ["7", "8", "9"],
    ],
  ],
  [
    "quotes and newlines",
    'a,b\n1,"ha\n""ha""\nha"\n3,4\n',
    [
      ["a", "b"],
      ["1", 'ha\n"ha"\nha'],
      ["3", "4"],
    ],
  ],
  [
    "simple",
    "a,b,c\n1,2,3\n",
    [
      ["a", "b", "c"],
      ["1", "2", "3"],
    ],
  ],
  [
    "simple, CRLF",
    "a,b,c\r\n1,2,3\r\n",
    [
      ["a", "b", "c"],
      ["1", "2", "3"],
    ],
  ],
  [
    "UTF-8",
    "a,b,c\n1,2,3\n4,5,ʤ 漢字 é\n",
    [
      ["a", "b", "c"],
      ["1", "2", "3"],
      ["4", "5", "ʤ 漢字 é"],
    ],
  ],
];

describe("CSV variants", () => {
  it.each(spectrum)("reads and preserves: %s", (_, text, rows) => {
    const bytes = utf8(text);
    expect(valuesOf(bytes)).toEqual(rows);
    expect(editTable(readTable(bytes, "t.csv"), [])).toEqual(bytes);
    const [header = [], ...data] = rows;
    expect(valuesOf(utf8(writeCsv(header, data)))).toEqual(rows);
    // Only one cell changes, and no other byte.
    const edited = editTable(readTable(bytes, "t.csv"), [{ kind: "set", row: 1, column: 0, value: 'x"\ny' }]);
    const expected = data.map((cells, row) => (row === 0 ? ['x"\ny', ...cells.slice(1)] : cells));
    expect(valuesOf(edited)).toEqual([header, ...expected]);
    const first = text.indexOf("\n") + 1;
    expect(Buffer.from(edited.subarray(0, utf8(text.slice(0, first)).length)).toString()).toBe(
      text.slice(0, first),
    );
  });
});

describe("hostile files", () => {
  const text = "description,suggestions\r\nKäse,[]\r\n";
  const sources: [string, Omit<DecodedText, "text">][] = [
    ["UTF-8 with a mark", { encoding: "utf-8", bom: true }],
    ["UTF-16 LE with a mark", { encoding: "utf-16le", bom: true }],
    ["UTF-16 BE with a mark", { encoding: "utf-16be", bom: true }],
    ["UTF-16 LE without", { encoding: "utf-16le", bom: false }],
    ["UTF-16 BE without", { encoding: "utf-16be", bom: false }],
    ["Latin-1", { encoding: "latin1", bom: false }],
  ];
  it.each(sources)("%s: an edit preserves the encoding and every other byte", (_, source) => {
    const bytes = encodeText({ text, ...source }, "t.csv");
    const table = readTable(bytes, "t.csv");
    expect(table.source).toMatchObject(source);
    const edited = editTable(table, [{ kind: "set", row: 1, column: 0, value: "Öl" }]);
    expect(edited).toEqual(encodeText({ text: text.replace("Käse", "Öl"), ...source }, "t.csv"));
    expect(lintFile({ file: "t.csv", bytes: edited }).errors).toBe(0);
  });

  it.each([
    ["mixed line ends", "description,suggestions\ra,[]\nb,[]\r\nc,[]", "b", "B"],
    ["semicolons", "description;suggestions\n1,5 l;[]\nb;[]\n", "b", "B"],
    ["sep=", "sep=|\r\ndescription|suggestions\r\na, b|[]\r\nb|[]\r\n", "b|", "B|"],
    ["duplicate headers", "description,suggestions,description\na,[],x\nb,[],y\n", "b,[],y", "B,[],y"],
    [
      "a __proto__ header",
      "__proto__,description,suggestions,constructor\n{},a,[],1\n{},b,[],2\n",
      "b,[],2",
      "B,[],2",
    ],
  ])("%s: reads and edits without other changes", (_, file, before, after) => {
    const table = readTable(utf8(file), "t.csv");
    const column = table.header.indexOf("description");
    const edited = editTable(table, [{ kind: "set", row: 2, column, value: "B" }]);
    expect(Buffer.from(edited).toString()).toBe(
      file.slice(0, file.lastIndexOf(before)) + after + file.slice(file.lastIndexOf(before) + before.length),
    );
    const { findings } = lintFile({ file: "t.csv", bytes: edited });
    expect(findings.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
  });

  it("reports a NUL with its location and preserves it", () => {
    const bytes = utf8("description,suggestions\na\0b,[]\n");
    const { findings } = lintFile({ file: "t.csv", bytes });
    expect(findings).toMatchObject([{ rule: "nul-byte", severity: "error", row: 1, column: "description" }]);
    expect(editTable(readTable(bytes, "t.csv"), [])).toEqual(bytes);
  });

  it("reads, lints and preserves 10,000 columns with the same name", () => {
    const header = Array.from({ length: 10_000 }, () => "x").join(",");
    const bytes = utf8(`${header}\n${header}\n`);
    const { findings } = lintFile({ file: "t.csv", bytes });
    expect(findings.map(({ rule }) => rule).sort()).toEqual([
      "duplicate-column",
      "missing-column",
      "missing-column",
    ]);
    expect(Math.max(...findings.map(({ message }) => message.length))).toBeLessThan(500);
    expect(editTable(readTable(bytes, "t.csv"), [])).toEqual(bytes);
  });
});

describe("naughty strings, from import to the judge", () => {
  const files = createFileLayer();
  let folder: string;
  let workspace: Workspace;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "hostile-"));
    ({ workspace } = await initWorkspace(files, path.join(folder, "study"), { name: "study" }));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  // The leading number prevents near duplicates.
  const descriptions = naughtyStrings.map((naughty, at) => `${(at * 7919).toString(36)} ${naughty} ${at}`);
  const changed = 'edited: =1+1, "quoted"\r\n[/INST] \u202e';

  it("arrive unchanged", async () => {
    const file = path.join(folder, "foreign.csv");
    const rows = descriptions.map((description) => [description, "[]"]);
    await writeFile(
      file,
      encodeText({ text: writeCsv(["Text", "Names"], rows), encoding: "utf-16le", bom: true }, file),
    );
    const dataset = createDatasetService({ files, workspace, compute: testCompute(files) });

    const imported = await dataset.importFile({ file, map: { description: "Text", suggestions: "Names" } });
    expect(imported).toMatchObject({ rows: descriptions.length, errors: 0, convertedRows: [] });
    const before = new Uint8Array(await readFile(imported.file));
    expect(Buffer.from(before).toString()).toBe(
      writeDataset(descriptions.map((description) => ({ description, suggestions: [] }))),
    );

    const table = readTable(before, imported.file);
    const after = editTable(table, [{ kind: "set", row: 3, column: 0, value: changed }]);
    await files.writeAtomic(imported.file, after);
    const expected = descriptions.map((description, at) => (at === 2 ? changed : description));
    const { documents } = dataset;
    await documents.open(imported.file);
    const page = await documents.rows({ file: imported.file, view: wholeDocument, offset: 0, limit: 1000 });
    await dataset.close();
    expect(page.rows.map(({ cells }) => cells[0])).toEqual(expected);

    const report = await dataset.lint({ files: [imported.file], against: [] });
    expect(report.files[0]).toMatchObject({ rows: expected.length, errors: 0 });

    const { rows: training } = trainingRows({ file: imported.file, bytes: after }, null);
    const lines = rowsFile(training).split("\n").slice(0, -1);
    const trained = lines.map((line) => JSON.parse(line) as { row: number; description: string });
    trained.sort((a, b) => a.row - b.row);
    expect(trained.map(({ description }) => description)).toEqual(expected);

    const template = "Suggest five domain names for this business: {description}";
    for (const description of expected) {
      expect(promptFor(template, description)).toBe(template.slice(0, -"{description}".length) + description);
      const fenced = fence({ description }).split("\n");
      expect([fenced.length, fenced[0], fenced[2]]).toEqual([3, "BEGIN DATA", "END DATA"]);
      expect(JSON.parse(fenced[1] ?? "")).toEqual({ description });
      expect(fenced[1]).toMatch(/^[^<>&\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]*$/u);
    }
  });

  it("preserves lone UTF-16 surrogates when a neighboring cell is edited", () => {
    const source = { encoding: "utf-16le", bom: true } as const;
    const given = "description,suggestions\n\ud800 lone,[]\n\udc00\ud800,[]\nplain,[]\n";
    const bytes = encodeText({ text: given, ...source }, "t.csv");
    const table = readTable(bytes, "t.csv");
    expect(table.records.map(({ cells }) => cells[0]?.value)).toEqual([
      "\ud800 lone",
      "\udc00\ud800",
      "plain",
    ]);
    const edited = editTable(table, [{ kind: "set", row: 3, column: 0, value: "x" }]);
    expect(edited).toEqual(encodeText({ text: given.replace("plain", "x"), ...source }, "t.csv"));
  });
});
