import path from "node:path";
import { Failure } from "../../../shared/domain/failure.ts";
import type { GgufHeader } from "../../../shared/domain/gguf/header.ts";
import { baseProblems } from "../../../shared/domain/gguf/modelCheck.ts";
import type { BaseCheck } from "../../../shared/schema/base.ts";
import { readGgufHeader } from "../inference/ggufFile.ts";

/** Returns the type of most bytes of the weights, such as "F16" or "Q4_K". */
function weightsOf({ tensors }: GgufHeader): string | null {
  const bytes = new Map<string, number>();
  for (const { type, length } of tensors) bytes.set(type.name, (bytes.get(type.name) ?? 0) + length);
  const [most] = [...bytes].sort((one, other) => other[1] - one[1]);
  return most === undefined ? null : most[0].toUpperCase();
}

/** Returns the size and the weight type of a GGUF file; the type is null when the file is damaged. */
export async function ggufSummary(
  file: string,
  bytes: number,
): Promise<{ weights: string | null; bytes: number }> {
  try {
    return { weights: weightsOf(await readGgufHeader(file)), bytes };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { weights: null, bytes };
  }
}

const empty = {
  architecture: null,
  tokenizer: null,
  parameters: null,
  layers: null,
  vocabularySize: null,
  contextLength: null,
  weights: null,
  ggufs: [],
};

/** Returns what a GGUF file's header says and why the file can't be a base, if so. Reads only the header. */
export async function checkGguf(file: string, bytes: number): Promise<BaseCheck> {
  const common = { kind: "gguf" as const, path: file, name: path.basename(file), bytes };
  let header: GgufHeader;
  try {
    header = await readGgufHeader(file);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { ...common, ...empty, problems: [error.message] };
  }
  const { metadata, tensors } = header;
  const text = (key: string) => {
    const value = metadata.get(key);
    return typeof value === "string" ? value : null;
  };
  const architecture = text("general.architecture");
  const count = (key: string) => {
    const value = metadata.get(`${architecture}.${key}`);
    return typeof value === "number" ? value : null;
  };
  const tokens = metadata.get("tokenizer.ggml.tokens");
  return {
    ...common,
    architecture,
    tokenizer: text("tokenizer.ggml.model"),
    parameters: tensors.reduce(
      (sum, { shape }) => sum + shape.reduce((product, size) => product * size, 1),
      0,
    ),
    layers: count("block_count"),
    vocabularySize: Array.isArray(tokens) ? tokens.length : null,
    contextLength: count("context_length"),
    weights: weightsOf(header),
    ggufs: [],
    problems: baseProblems(header),
  };
}
