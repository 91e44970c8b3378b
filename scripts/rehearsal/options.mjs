// The command line of `npm run rehearsal`, and the disk space that it takes.
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";

/**
 * @typedef {object} Shape
 * @property {number} layers
 * @property {number} bytes  of the weights in bfloat16
 */

/** @type {Record<string, Shape>} */
export const shapes = {
  "7b": { layers: 32, bytes: 14_496_047_104 },
  "2-layers": { layers: 2, bytes: 1_409_327_104 },
};

/** Bits of a weight in each GGUF precision. A q4_0 file keeps embedding and head in q8_0, which is counted as 5 bits. */
const ggufBits = { f16: 16, bf16: 16, q8_0: 8.5, q4_0: 5 };
const trainPrecisions = ["float32", "bfloat16", "float16", "int4"];
/** Checkpoints, adapters and their GGUF files of a training. */
const runBytes = 3e9;

export const usage = `Usage: npm run rehearsal -- [options]

  --shape <shape>          7b (all 32 layers) or 2-layers (default: 2-layers)
  --folder <dir>           folder to work in; required for 7b (default: the temporary folder)
  --device <device>        auto, cpu, cuda or mps (default: auto)
  --precision <list>       GGUF precisions to convert to: f16, bf16, q8_0, q4_0 (default: q4_0,q8_0). The last one is
                           used for the gate, the evaluation and the export.
  --train <list>           training precisions: float32, bfloat16, float16, int4 (default: all that the device has)
`;

export class UsageError extends Error {}

function listOf(text, known, name) {
  const words = text.split(",");
  const unknown = words.find((word) => !known.includes(word));
  if (unknown !== undefined) throw new UsageError(`--${name} ${unknown}: use ${known.join(", ")}`);
  return [...new Set(words)];
}

/**
 * Reads the arguments.
 * @param {readonly string[]} words
 * @returns {{shape: string, folder: string, device: string, precisions: string[], train: string[] | null}} `train` is
 * null if the device decides
 * @throws UsageError
 */
export function readOptions(words) {
  const text = { type: "string" };
  const options = { shape: text, folder: text, device: text, precision: text, train: text };
  let values;
  try {
    ({ values } = parseArgs({ args: [...words], options, strict: true }));
  } catch (error) {
    throw new UsageError(error.message);
  }
  const [shape] = listOf(values.shape ?? "2-layers", Object.keys(shapes), "shape");
  const [device] = listOf(values.device ?? "auto", ["auto", "cpu", "cuda", "mps"], "device");
  const precisions = listOf(values.precision ?? "q4_0,q8_0", Object.keys(ggufBits), "precision");
  const train = values.train === undefined ? null : listOf(values.train, trainPrecisions, "train");
  if (shape === "7b" && values.folder === undefined) {
    const size = Math.ceil(neededBytes(shape, precisions) / 1e9);
    throw new UsageError(`--shape 7b writes about ${size} GB: say where with --folder DIR`);
  }
  return { shape, folder: path.resolve(values.folder ?? tmpdir()), device, precisions, train };
}

/**
 * Returns the disk space of a rehearsal at its peak, in bytes: the base, the GGUF file in use, the trained runs, and the
 * merged export.
 */
export function neededBytes(shape, precisions) {
  const { bytes } = shapes[shape];
  const gguf = (precision) => (bytes * ggufBits[precision]) / 16;
  return Math.ceil(bytes + Math.max(...precisions.map(gguf)) + gguf(precisions.at(-1)) + runBytes);
}
