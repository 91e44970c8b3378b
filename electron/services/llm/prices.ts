import { z } from "zod";
import { Failure } from "../../../shared/domain/failure.ts";
import { issueWords } from "../../../shared/domain/issueWords.ts";
import type { FileLayer } from "../files/fileLayer.ts";

const PriceSchema = z.number().nonnegative();

/** `resources/prices.json`: models by name, US dollars per million tokens. `about` is a note for editors. */
const PriceFileSchema = z.strictObject({
  about: z.array(z.string()),
  models: z.record(z.string(), z.strictObject({ input: PriceSchema, output: PriceSchema })),
});

export type PriceTable = ReadonlyMap<string, { readonly input: number; readonly output: number }>;

/** Reads the price table, which is empty without a file. Throws `Failure` `bad-value` for an invalid file. */
export async function readPrices(files: FileLayer, file: string): Promise<PriceTable> {
  if (!(await files.exists(file))) return new Map();
  let json: unknown;
  try {
    json = JSON.parse(await files.readText(file));
  } catch (cause) {
    throw new Failure("bad-value", `${file} is not JSON`, {
      file,
      hint: "Fix the file, or restore it from Git.",
      cause,
    });
  }
  const parsed = PriceFileSchema.safeParse(json);
  if (parsed.success) return new Map(Object.entries(parsed.data.models));
  throw new Failure("bad-value", `${file}: ${issueWords(parsed.error, json)}`, {
    file,
    hint: 'A row is "model name": {"input": dollars, "output": dollars}, per million tokens.',
  });
}
