import type { FileHandle } from "node:fs/promises";
import { Failure } from "../../../shared/domain/failure.ts";
import { dequantize } from "../../../shared/domain/gguf/dequantize.ts";
import {
  headerLength,
  MalformedSafetensors,
  parseSafetensorsHeader,
} from "../../../shared/domain/safetensors/header.ts";
import { openRegular } from "../files/regularFile.ts";

const typeOf: Readonly<Record<string, string>> = { F32: "f32", F16: "f16", BF16: "bf16" };

export interface SafetensorsEntry {
  readonly file: string;
  readonly shape: readonly number[];
  /** The type's name in `dequantize`, or null for a type that isn't used for weights. */
  readonly type: string | null;
  /** The tensor's first byte in the file. */
  readonly start: number;
}

/** Reads exactly `length` bytes. Throws `Failure` `bad-value` at an early end of the file. */
export async function readExactly(
  file: FileHandle,
  path: string,
  start: number,
  length: number,
): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  const { bytesRead } = await file.read(bytes, 0, length, start);
  if (bytesRead < length) throw new Failure("bad-value", `${path} is cut off`, { file: path });
  return bytes;
}

/** Returns the tensors of one safetensors file by name. Throws `Failure` `bad-value`. */
export async function readSafetensorsHeader(path: string): Promise<Map<string, SafetensorsEntry>> {
  await using file = await openRegular(path);
  const { size } = await file.stat();
  try {
    const length = headerLength(await readExactly(file, path, 0, Math.min(8, size)), size);
    const text = new TextDecoder().decode(await readExactly(file, path, 8, length));
    return new Map(
      [...parseSafetensorsHeader(text, size - 8 - length)].map(([name, { dtype, shape, begin }]) => [
        name,
        { file: path, shape, type: typeOf[dtype] ?? null, start: 8 + length + begin },
      ]),
    );
  } catch (error) {
    if (!(error instanceof MalformedSafetensors)) throw error;
    throw new Failure("bad-value", `${path} is not a usable safetensors file: ${error.message}`, {
      file: path,
      hint: "Download it again.",
      cause: error,
    });
  }
}

/** Returns one row of a matrix, or a whole vector. Throws `Failure` `bad-value` for a type without weights. */
export async function readRow(entry: SafetensorsEntry, row: number): Promise<Float64Array> {
  const width = entry.shape.at(-1) ?? 0;
  if (entry.type === null)
    throw new Failure("bad-value", `${entry.file} holds no float weights`, { file: entry.file });
  const bytesEach = entry.type === "f32" ? 4 : 2;
  await using file = await openRegular(entry.file);
  const bytes = await readExactly(file, entry.file, entry.start + row * width * bytesEach, width * bytesEach);
  return dequantize(entry.type, bytes);
}
