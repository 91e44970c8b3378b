import { describe, expect, it } from "vitest";
import { LintedFileSchema } from "../../schema/dataset.ts";
import { encodeText } from "../csv/encoding.ts";
import { RecordSplitter } from "../csv/split.ts";
import { TableReader } from "../csv/stream.ts";
import { writeDataset } from "../dataset/write.ts";
import { lintFile } from "./lintFile.ts";
import { lintBounds, StreamedLint } from "./streamedLint.ts";

const source = { file: "d.csv", encoding: "utf-8", bom: false, delimiter: "," } as const;

function streamed(text: string, bounds = lintBounds) {
  const splitter = new RecordSplitter({
    file: "d.csv",
    units: "bytes",
    delimiter: ",",
    start: 0,
    line: 1,
    batchBytes: 50,
  });
  const reader = new TableReader(source);
  const lint = new StreamedLint(source, {}, bounds);
  const bytes = encodeText({ text, ...source }, "d.csv");
  const rest = [...splitter.push(bytes), splitter.end()];
  for (const batch of rest) if (batch !== null) lint.add(reader.read(batch));
  return LintedFileSchema.parse(lint.report());
}

const whole = (text: string) => lintFile({ file: "d.csv", bytes: new TextEncoder().encode(text) });
const names = (stem: string) => [1, 2, 3, 4, 5].map((n) => `${stem}-${n}`);
const described = [
  "A family bakery in Leeds that sells sourdough bread and pastries",
  "Bikes for hire by the river, with helmets and maps",
  "A family bakery in Leeds that sells sourdough bread and cakes",
  "BIKES for hire by the river with helmets and maps!",
  "An astronomy club with a telescope of its own",
];

describe("StreamedLint", () => {
  const good = writeDataset(
    described.map((description, at) => ({ description, suggestions: at === 4 ? [] : names("bread") })),
  );
  const broken = [
    "description,description,suggestions",
    'a,b,"[""Bad-Name.com""]"',
    ",b,{}",
    'a\0,"b\n\nc" d,[1],x',
    "only one",
    "a </s>,b,[]",
    "",
  ].join("\n");
  const testSet =
    "description,suggestions,label,slice,split,group\nBread,[],safe,everyday,dev,g\nDrugs,[],harmful,drugs,held,h\n";

  it.each([
    ["a dataset with duplicates and reused names", good],
    ["a broken file", broken],
    ["a test set", testSet],
    ["a file without columns of ours", "x,y\n1,2\n"],
    ["an empty file", ""],
  ])("finds in %s what lintFile finds", (_, text) => {
    const unquoted = whole(text);
    const findings = unquoted.findings.map((finding) => ({
      ...finding,
      message: finding.message.replace(/(as row \d+): “.*”$/, "$1"),
    }));
    expect(streamed(text)).toEqual({ ...unquoted, findings });
  });

  it("lists some of many findings and counts all", () => {
    const many = `description,suggestions\n${"same,[1]\n".repeat(50)}`;
    const { findings, errors, warnings, unlisted } = streamed(many, { ...lintBounds, listed: 10 });
    expect([findings.length, errors, warnings, unlisted]).toEqual([20, 50, 49, 79]);
  });

  it("stops a search at its bound and reports it", () => {
    const bounds = { ...lintBounds, nearTexts: 2, texts: 3, names: 5 };
    const report = streamed(good.replace("BIKES", "Skis"), bounds);
    const rules = report.findings.map(({ rule, row, column }) => [rule, row, column]);
    expect(rules.filter(([rule]) => rule === "search-bounded")).toHaveLength(2);
    expect(rules).toContainEqual(["near-duplicate-description", 3, "description"]);
    expect(rules).toContainEqual(["name-reused", 4, "suggestions"]);
  });
});
