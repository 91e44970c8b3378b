import { ByteReader, MalformedGguf } from "./bytes.ts";
import { type TensorType, tensorTypeOf } from "./tensorTypes.ts";

export type GgufValue = number | boolean | string | readonly GgufValue[];

/** A tensor as the header describes it. `shape` as ggml writes it: the fastest dimension first. */
export interface GgufTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly type: TensorType;
  /** Bytes from the begin of the file, and their number. */
  readonly start: number;
  readonly length: number;
}

export interface GgufHeader {
  readonly version: number;
  readonly metadata: ReadonlyMap<string, GgufValue>;
  readonly tensors: readonly GgufTensor[];
}

const magic = 0x46554747; // "GGUF"
const versions: readonly number[] = [2, 3];
const mostDimensions = 4;
const defaultAlignment = 32;

/** Readers by the format's value type codes; 9 is an array. */
const readers: Readonly<Record<number, (reader: ByteReader) => GgufValue>> = {
  0: (reader) => reader.u8(),
  1: (reader) => reader.i8(),
  2: (reader) => reader.u16(),
  3: (reader) => reader.i16(),
  4: (reader) => reader.u32(),
  5: (reader) => reader.i32(),
  6: (reader) => reader.f32(),
  7: (reader) => reader.u8() !== 0,
  8: (reader) => reader.string(),
  9: arrayOf,
  10: (reader) => reader.u64(),
  11: (reader) => reader.i64(),
  12: (reader) => reader.f64(),
};

function readValue(reader: ByteReader, type: number): GgufValue {
  const read = readers[type];
  if (read === undefined) throw new MalformedGguf(`the header contains a value of unknown type ${type}`);
  return read(reader);
}

function arrayOf(reader: ByteReader): readonly GgufValue[] {
  const type = reader.u32();
  if (type === 9) throw new MalformedGguf("the header contains an array of arrays");
  const count = reader.count("values in an array", 1);
  return Array.from({ length: count }, () => readValue(reader, type));
}

type TensorEntry = Pick<GgufTensor, "name" | "shape" | "type"> & { readonly offset: number };

function readTensor(reader: ByteReader): TensorEntry {
  const name = reader.string();
  const dimensions = reader.u32();
  if (dimensions < 1 || dimensions > mostDimensions) {
    throw new MalformedGguf(`tensor ${name} has ${dimensions} dimensions`);
  }
  const shape = Array.from({ length: dimensions }, () => reader.u64());
  const code = reader.u32();
  const type = tensorTypeOf(code);
  if (type === undefined) throw new MalformedGguf(`tensor ${name} has the unknown type ${code}`);
  if ((shape[0] ?? 0) % type.block !== 0) {
    throw new MalformedGguf(
      `tensor ${name} has rows of ${shape[0]} numbers, not a multiple of ${type.block}`,
    );
  }
  return { name, shape, type, offset: reader.u64() };
}

function alignmentOf(metadata: ReadonlyMap<string, GgufValue>): number {
  const alignment = metadata.get("general.alignment") ?? defaultAlignment;
  if (typeof alignment !== "number" || alignment < 1)
    throw new MalformedGguf("general.alignment is not a number");
  return alignment;
}

function placed(entry: TensorEntry, dataStart: number, fileSize: number): GgufTensor {
  const { name, shape, type } = entry;
  const length = (shape.reduce((product, size) => product * size, 1) / type.block) * type.bytes;
  const start = dataStart + entry.offset;
  if (start + length > fileSize) {
    const missing = start + length - fileSize;
    throw new MalformedGguf(
      `tensor ${name} ends ${missing} bytes after the end of the file: the file is truncated`,
    );
  }
  return { name, shape, type, start, length };
}

/**
 * Reads a GGUF header from the file's first bytes and checks that everything it announces fits into the file.
 * Format: ggml's docs/gguf.md, versions 2 and 3, little-endian.
 * @throws MoreBytesNeeded where `bytes` is too short but the file (of `fileSize` bytes) is not; MalformedGguf else.
 */
export function parseGgufHeader(bytes: Uint8Array, fileSize: number): GgufHeader {
  const reader = new ByteReader(bytes, fileSize);
  if (reader.u32() !== magic) throw new MalformedGguf("the file doesn't start with GGUF");
  const version = reader.u32();
  if (!versions.includes(version))
    throw new MalformedGguf(`GGUF version ${version} isn't supported (only 2 and 3 are)`);
  const tensorCount = reader.count("tensors", 8 + 4 + 8 + 4 + 8);
  const metadataCount = reader.count("metadata values", 8 + 4 + 1);
  const metadata = new Map<string, GgufValue>();
  for (let index = 0; index < metadataCount; index++) {
    const key = reader.string();
    metadata.set(key, readValue(reader, reader.u32()));
  }
  const entries = Array.from({ length: tensorCount }, () => readTensor(reader));
  const alignment = alignmentOf(metadata);
  const dataStart = Math.ceil(reader.position / alignment) * alignment;
  return { version, metadata, tensors: entries.map((entry) => placed(entry, dataStart, fileSize)) };
}
