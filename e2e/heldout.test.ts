import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { currentEnvironment, userDataFolder } from "../electron/services/environment/folders.mjs";
import { datasetRows } from "../shared/domain/dataset/read.ts";
import { stopWords } from "../shared/domain/dataset/stopWords.ts";
import { requireTestSet } from "../shared/domain/dataset/testSet.ts";
import { normalize } from "../shared/domain/neardup/shingles.ts";
import { generateSample } from "../shared/testing/rowSample.ts";

/** Frozen before the first v2 was trained. If it changes, the test set is new and all earlier figures are void. */
const frozen = "1741beb73567a80ef2413faf5fc7d3c0457cc42b728d8fe33b8ca36aefffafc5";

const root = fileURLToPath(new URL("..", import.meta.url));
const file = path.join(root, "data", "test_set.csv");
const { rows } = requireTestSet(readFileSync(file), file);
const heldout = rows.filter(({ split }) => split === "heldout");

/** Four consecutive content words, without function words, numbers, and words of one or two letters. */
function contentFourGrams(text: string): string[] {
  const words = normalize(text)
    .split(" ")
    .filter((word) => word.length >= 3 && !stopWords.has(word) && /\p{L}/u.test(word));
  return words.slice(3).map((_, at) => words.slice(at, at + 4).join(" "));
}

const ofHeldout = new Set(heldout.flatMap(({ description }) => contentFourGrams(description)));

/** Returns the held-out rows' 4-grams that also occur in these texts. */
function shared(texts: Iterable<string>): string[] {
  const found = new Set<string>();
  for (const text of texts)
    for (const gram of contentFourGrams(text)) if (ofHeldout.has(gram)) found.add(gram);
  return [...found];
}

/** Documents of the base model's training text, as its script writes them. */
function* baseTexts(count: number): Generator<string> {
  const userData = userDataFolder({ env: process.env, platform: process.platform, home: homedir() });
  const environment = currentEnvironment(userData, path.join(root, "resources", "requirements.txt"));
  const python = environment?.python ?? "python3";
  const words = ["-m", "base", "corpus", "--seed", "1", "--n", String(count)];
  const text = execFileSync(python, words, {
    cwd: path.join(root, "resources"),
    maxBuffer: 1 << 28,
    encoding: "utf8",
  });
  for (const line of text.split("\n").filter((line) => line !== "")) {
    const { prompt, completion } = JSON.parse(line) as { prompt: string | null; completion: string };
    yield `${prompt ?? ""}\n${completion}`;
  }
}

describe("the held-out half of the test set", () => {
  it("matches its frozen hash", () => {
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

  it("finds a shared 4-gram", () => {
    expect(shared([heldout[0]?.description ?? ""])).not.toEqual([]);
  });

  it("shares no content 4-gram with the dev half or any dataset", () => {
    const dev = rows.filter(({ split }) => split === "dev").map(({ description }) => description);
    const datasets = ["dataset_v1.csv", "dataset_v2.csv"]
      .map((name) => path.join(root, "data", name))
      .filter((one) => existsSync(one))
      .flatMap((one) => datasetRows(readFileSync(one), one).map(({ description }) => description));
    expect(datasets.length).toBeGreaterThan(100);
    expect(shared([...dev, ...datasets])).toEqual([]);
  });

  it("shares none with generated rows", () => {
    expect(shared(generateSample(1, 10_000))).toEqual([]);
  });

  it("shares none with the base's training text", () => {
    expect(shared(baseTexts(20_000))).toEqual([]);
  });
});
