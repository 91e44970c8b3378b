import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { sourceRow } from "../../../shared/domain/gguf/tensorNames.ts";
import { ggufBytes } from "../../../shared/testing/ggufFile.ts";
import { assertGgufOfBase, compareWithBase } from "./ggufAgainstBase.ts";

const heads = 2;
const width = 32;
const tokens = ["<unk>", "<s>", "</s>", "[INST]", "▁a"];
const shapes: Readonly<Record<string, [hf: string, rows: number]>> = {
  "token_embd.weight": ["model.embed_tokens.weight", 5],
  "output_norm.weight": ["model.norm.weight", 0],
  "output.weight": ["lm_head.weight", 5],
  "blk.0.attn_q.weight": ["model.layers.0.self_attn.q_proj.weight", 16],
  "blk.0.ffn_down.weight": ["model.layers.0.mlp.down_proj.weight", 32],
};

/** Returns pseudo-random numbers from a seed, different for each row. */
function rowValues(tensor: string, row: number, seed: number): number[] {
  return Array.from({ length: width }, (_, column) =>
    Math.sin(seed + tensor.length * 7 + row * 13.7 + column * column * 0.9),
  );
}

function f32(values: number[]): Uint8Array {
  return new Uint8Array(Float32Array.from(values).buffer);
}

/** Creates a Hugging Face folder in two shards, and a file that the index doesn't list. */
async function writeBase(folder: string): Promise<void> {
  const shards = Object.values(shapes).map(([name, rows], index) => ({
    name,
    rows,
    file: `s${index % 2}.safetensors`,
  }));
  for (const file of ["s0.safetensors", "s1.safetensors"]) {
    let offset = 0;
    const parts: Uint8Array[] = [];
    const header: Record<string, unknown> = { __metadata__: { format: "pt" } };
    for (const { name, rows } of shards.filter((shard) => shard.file === file)) {
      const data = f32(Array.from({ length: rows || 1 }, (_, row) => rowValues(name, row, 0)).flat());
      header[name] = {
        dtype: "F32",
        shape: rows === 0 ? [width] : [rows, width],
        data_offsets: [offset, offset + data.length],
      };
      offset += data.length;
      parts.push(data);
    }
    const text = Buffer.from(JSON.stringify(header));
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(text.length));
    await writeFile(path.join(folder, file), Buffer.concat([length, text, ...parts]));
  }
  const weight_map = Object.fromEntries(shards.map(({ name, file }) => [name, file]));
  await writeFile(path.join(folder, "model.safetensors.index.json"), JSON.stringify({ weight_map }));
  await writeFile(path.join(folder, "consolidated.safetensors"), "decoy");
  await writeFile(
    path.join(folder, "config.json"),
    JSON.stringify({ num_attention_heads: heads, num_key_value_heads: 1 }),
  );
  const vocab = Object.fromEntries(
    tokens
      .slice(0, 3)
      .concat(tokens[4] ?? "")
      .map((token) => [token, tokens.indexOf(token)]),
  );
  const added_tokens = [{ id: 3, content: "[INST]" }];
  await writeFile(path.join(folder, "tokenizer.json"), JSON.stringify({ model: { vocab }, added_tokens }));
}

interface Change {
  readonly permute?: boolean;
  readonly seed?: number;
  readonly tokens?: string[];
  readonly without?: string;
  readonly rows?: Readonly<Record<string, number>>;
}

async function writeGguf(file: string, change: Change = {}): Promise<void> {
  const tensors = Object.entries(shapes).flatMap(([name, [hf, baseRows]]) => {
    if (name === change.without) return [];
    const rows = change.rows?.[name] ?? baseRows;
    const permuted = name.includes("attn_q") && change.permute !== false ? heads : null;
    const data = Array.from({ length: rows || 1 }, (_, row) =>
      rowValues(hf, sourceRow(row, rows || 1, permuted), change.seed ?? 0),
    );
    return [{ name, shape: rows === 0 ? [width] : [width, rows], data: f32(data.flat()) }];
  });
  const metadata = {
    "general.architecture": "llama",
    "llama.block_count": 1,
    "tokenizer.ggml.tokens": change.tokens ?? tokens,
  };
  await writeFile(file, ggufBytes({ metadata, tensors }));
}

let folder: string;
let gguf: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "namewright-"));
  await mkdir(path.join(folder, "base"));
  await writeBase(path.join(folder, "base"));
  gguf = path.join(folder, "model.gguf");
});
afterEach(() => rm(folder, { recursive: true }));

test("a GGUF of this base passes, and only the shards in the index are read", async () => {
  await writeGguf(gguf);
  const comparison = await assertGgufOfBase(gguf, path.join(folder, "base"));
  expect(comparison).toMatchObject({
    tensors: 5,
    sampledRows: 3 + 1 + 3 + 3 + 3,
    undecoded: 0,
    problems: [],
  });
  expect(comparison.leastSimilarity).toBeCloseTo(1, 6);
});

test.each<[string, Change, RegExp]>([
  ["q not permuted", { permute: false }, /^blk\.0\.attn_q\.weight has different weights/],
  ["other weights", { seed: 1.5 }, /has different weights/],
  [
    "another token",
    { tokens: [...tokens.slice(0, 4), "▁b"] },
    /^1 tokens differ from the base model's, first 4: "▁b", not "▁a"/,
  ],
  ["a tensor missing", { without: "output.weight" }, /^output\.weight is missing/],
  [
    "another shape",
    { rows: { "token_embd.weight": 6 } },
    /^token_embd\.weight is 32 × 6, but 32 × 5 in the base model/,
  ],
])("refused: %s", async (_, change, message) => {
  await writeGguf(gguf, change);
  const { problems } = await compareWithBase(gguf, path.join(folder, "base"));
  expect(problems.some((problem) => message.test(problem))).toBe(true);
  await expect(assertGgufOfBase(gguf, path.join(folder, "base"))).rejects.toMatchObject({
    code: "bad-value",
  });
});
