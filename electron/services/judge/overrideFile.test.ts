import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Override } from "../../../shared/schema/override.ts";
import { createFileLayer } from "../files/fileLayer.ts";
import { overrideKey, readOverrides, removeOverride, saveOverride } from "./overrideFile.ts";

const files = createFileLayer();
let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "overrides-"));
  file = path.join(folder, "model_v1-overrides.csv");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const label: Override = {
  kind: "label",
  description: 'A bakery, with "quotes",\nand a second line',
  label: "harmful",
  note: "seen it",
  who: "me",
  at: "2026-01-02",
};
const score: Override = {
  kind: "score",
  description: label.description,
  name: "crumb-rise",
  score: 0.875,
  category: "good",
  scale: "quality",
  note: "",
  who: "me",
  at: "2026-01-02",
};

describe("overrides", () => {
  it("are stored separately, one label per description and one score per name, and read back as written", async () => {
    await saveOverride(files, file, label);
    await saveOverride(files, file, score);
    await saveOverride(files, file, { ...label, description: "=1+1" });
    await saveOverride(files, file, { ...label, label: "safe" });
    expect(await readOverrides(files, file)).toEqual([
      score,
      { ...label, description: "=1+1" },
      { ...label, label: "safe" },
    ]);
  });

  it("are removed one by one, and the last one with its file", async () => {
    await saveOverride(files, file, label);
    await saveOverride(files, file, score);
    expect(await removeOverride(files, file, overrideKey(label))).toEqual(label);
    expect(await readOverrides(files, file)).toEqual([score]);
    expect(await removeOverride(files, file, overrideKey(label))).toBeNull();
    await removeOverride(files, file, overrideKey(score));
    expect(await files.exists(file)).toBe(false);
  });

  it("of an older file without score columns are labels, and an invalid row is named", async () => {
    await files.writeAtomic(file, "description,label,note,who,at\nA,safe,,,\n");
    expect(await readOverrides(files, file)).toMatchObject([{ kind: "label", label: "safe" }]);
    await files.writeAtomic(file, "description,label,note,who,at\nA,safe,,,\nB,maybe,,,\n");
    await expect(readOverrides(files, file)).rejects.toMatchObject({ code: "bad-value", place: { row: 2 } });
  });
});
