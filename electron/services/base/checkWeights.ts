import path from "node:path";
import {
  headerLength,
  MalformedSafetensors,
  parseSafetensorsHeader,
  type SafetensorsTensor,
} from "../../../shared/domain/safetensors/header.ts";
import type { Architecture } from "../../../shared/domain/training/architecture.ts";
import { expectedTensors } from "../../../shared/domain/training/expectedTensors.ts";
import type { FileLayer } from "../files/fileLayer.ts";

/** Types that the trainer and the converter support. */
const floats: ReadonlySet<string> = new Set(["F64", "F32", "F16", "BF16"]);

/** A tensor of the base and the weight file that holds it. */
interface Found extends SafetensorsTensor {
  readonly shard: string;
}

/** Returns the tensors of one weight file. Reads only its header. Throws `MalformedSafetensors`. */
async function tensorsIn(files: FileLayer, file: string): Promise<Map<string, SafetensorsTensor>> {
  const size = await files.size(file);
  const length = headerLength(await files.readPart(file, 0, 8), size);
  const text = new TextDecoder().decode(await files.readPart(file, 8, length));
  return parseSafetensorsHeader(text, size - 8 - length);
}

function shown(shape: readonly number[]): string {
  return shape.join(" × ") || "a single number";
}

function tensorProblem(name: string, shape: readonly number[], found: Found | undefined): string | null {
  if (found === undefined) return `${name} is missing`;
  if (found.shape.join() !== shape.join()) {
    return `${found.shard}: ${name} is ${shown(found.shape)}, not ${shown(shape)} as config.json says`;
  }
  return floats.has(found.dtype) ? null : `${found.shard}: ${name} is ${found.dtype}, not a float type`;
}

/** Returns the first three problems and, as a fourth entry, how many more there are. */
function firstOf(problems: readonly string[]): string[] {
  const most = 3;
  if (problems.length <= most) return [...problems];
  return [...problems.slice(0, most), `${problems.length - most} more tensors don't match`];
}

/**
 * Returns the problems of a base's weight files: of each file, of the index, and of the tensors that the architecture
 * requires. Reads only headers.
 * @param index the shard of each tensor, or null without an index
 * @param architecture null when config.json is unusable, which is reported separately
 */
export async function weightProblems(
  files: FileLayer,
  folder: string,
  shards: readonly string[],
  index: Readonly<Record<string, string>> | null,
  architecture: Architecture | null,
): Promise<string[]> {
  const problems: string[] = [];
  const found = new Map<string, Found>();
  for (const shard of shards) {
    try {
      for (const [name, tensor] of await tensorsIn(files, path.join(folder, shard))) {
        const other = found.get(name);
        if (other !== undefined) problems.push(`${name} is in ${other.shard} and in ${shard}`);
        found.set(name, { ...tensor, shard });
      }
    } catch (error) {
      if (!(error instanceof MalformedSafetensors)) throw error;
      problems.push(`${shard} is not a usable safetensors file: ${error.message}`);
    }
  }
  if (problems.length > 0) return firstOf(problems);
  for (const [name, shard] of Object.entries(index ?? {})) {
    if (found.get(name)?.shard !== shard) problems.push(`${name} isn't in ${shard}, where the index has it`);
  }
  if (problems.length > 0 || architecture === null) return firstOf(problems);
  const expected = expectedTensors(architecture);
  const unexpected = [...found.keys()].filter(
    (name) =>
      !expected.has(name) &&
      !name.endsWith("rotary_emb.inv_freq") &&
      !(architecture.tiedEmbeddings && name === "lm_head.weight"),
  );
  return firstOf([
    ...[...expected].flatMap(([name, shape]) => tensorProblem(name, shape, found.get(name)) ?? []),
    ...unexpected.map((name) => `${name} isn't a tensor of this architecture`),
  ]);
}
