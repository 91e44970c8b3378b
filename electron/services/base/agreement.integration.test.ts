import { execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test, vi } from "vitest";
import { z } from "zod";
import { createFileLayer } from "../files/fileLayer.ts";
import { environmentPython } from "../testing/engineFixtures.ts";
import { checkFolder } from "./checkFolder.ts";

// Python writes and converts the bases.
vi.setConfig({ testTimeout: 240_000 });

const trainer = path.resolve(import.meta.dirname, "../../../resources/trainer");
const python = environmentPython();
const SaidSchema = z.record(
  z.string(),
  z.object({ conversion: z.string().nullable(), training: z.string().nullable() }),
);
const usable = ["gemma", "llama3", "mistral-v1", "qwen2", "qwen3", "smollm2", "tekken", "tiny"];

test.skipIf(python === null)(
  "the check, the conversion and the training accept the same bases (skipped without our Python environment)",
  async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "namewright-bases-"));
    try {
      const output = execFileSync(python ?? "", ["-m", "tests.base_matrix", folder], {
        cwd: trainer,
        env: { ...process.env, PYTHONPATH: trainer },
        stdio: ["ignore", "pipe", "ignore"],
        encoding: "utf8",
      });
      const said = SaidSchema.parse(JSON.parse(output.trim().split("\n").at(-1) ?? ""));
      const files = createFileLayer();
      const accepted = { check: [], conversion: [], training: [] } as Record<string, string[]>;
      for (const [name, { conversion, training }] of Object.entries(said)) {
        const { problems } = await checkFolder(files, path.join(folder, name));
        if (problems.length === 0) accepted.check?.push(name);
        if (conversion === null) accepted.conversion?.push(name);
        if (training === null) accepted.training?.push(name);
      }
      const expected = [...usable, "tiny without a template"];
      expect(accepted).toEqual({ check: expected, conversion: expected, training: expected });
      expect(Object.keys(said).length).toBeGreaterThan(30);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
);
