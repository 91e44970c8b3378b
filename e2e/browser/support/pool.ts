import { writeFile } from "node:fs/promises";
import path from "node:path";
import { templatePool } from "../../../shared/testing/templatePool.ts";
import type { Host } from "./host.ts";

/** Gives a host's workspace a row pool, so that rows can be drawn without an LLM. */
export async function writePool({ workspace }: Host): Promise<void> {
  await writeFile(path.join(workspace, "data", "row_pool.csv"), templatePool());
}
