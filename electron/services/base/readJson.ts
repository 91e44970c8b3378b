import type { z } from "zod";
import type { FileLayer } from "../files/fileLayer.ts";

/** Returns a JSON file of a base, or null if it can't be read. */
export async function readJson<Value>(
  files: FileLayer,
  file: string,
  schema: z.ZodType<Value>,
): Promise<Value | null> {
  try {
    return schema.parse(JSON.parse(await files.readText(file)));
  } catch {
    return null;
  }
}
