import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ensureSmollm2 } from "./smollm2.mjs";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "smollm2-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const places = () => ({ userData: folder, resources: folder, python: process.execPath });

describe("ensureSmollm2", () => {
  it("reports a fault of the disk as a set-up failure, because the base is optional", async () => {
    writeFileSync(path.join(folder, "bases"), "a file where the folder belongs");
    await expect(ensureSmollm2(places())).rejects.toMatchObject({
      name: "SetupFailure",
      message: expect.stringContaining("couldn't add SmolLM2"),
      hint: expect.stringMatching(/./),
    });
  });
});
