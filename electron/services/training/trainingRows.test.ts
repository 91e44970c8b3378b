import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect, it } from "vitest";
import { z } from "zod";
import { tinySample } from "../testing/tinySample.ts";
import { trainingRows } from "./trainingRows.ts";

const RecordSchema = z.object({ rows: z.record(z.string(), z.number()) });

it("splits the sample's dataset like the training recorded with its adapter", async () => {
  const file = path.join(tinySample, "data", "dataset_v1.csv");
  const { rows } = trainingRows({ file, bytes: await readFile(file) }, null);
  const recorded = await readFile(path.join(tinySample, "models", "model_v1", "training.json"), "utf8");
  const count = (side: string, refusals: boolean) =>
    rows.filter((row) => row.side === side && (!refusals || row.suggestions.length === 0)).length;
  expect(RecordSchema.parse(JSON.parse(recorded)).rows).toEqual({
    in: rows.length,
    trained: count("train", false),
    validation: count("validation", false),
    refusalsTrained: count("train", true),
    refusalsValidation: count("validation", true),
  });
});
