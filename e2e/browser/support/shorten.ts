import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Host } from "./host.ts";

/** Shortens both files so that trainings and evaluations fit into one spec. */
export async function shorten(host: Host): Promise<void> {
  for (const [name, keep] of [
    ["dataset_v1.csv", 40],
    ["test_set.csv", 60],
  ] as const) {
    const file = path.join(host.workspace, "data", name);
    const lines = (await readFile(file, "utf8")).trim().split("\n");
    // Evenly spaced, so that refusals, splits and slices are all included.
    const step = (lines.length - 1) / keep;
    const kept = Array.from({ length: keep }, (_, at) => lines[1 + Math.floor(at * step)]);
    await writeFile(file, `${[lines[0], ...kept].join("\n")}\n`);
  }
}
