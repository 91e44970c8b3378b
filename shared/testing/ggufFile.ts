import { tensorTypeOf } from "../domain/gguf/tensorTypes.ts";

/** A small GGUF file for tests: f32 tensors of zeros unless it gives data. Version 3, alignment 32. */
export interface TestGguf {
  readonly metadata: Readonly<Record<string, string | number | readonly string[]>>;
  readonly tensors: readonly TestTensor[];
}

export interface TestTensor {
  readonly name: string;
  readonly shape: readonly number[];
  /** ggml's type code, 0 (f32) unless given, and the bytes as they appear in the file. */
  readonly type?: number;
  readonly data?: Uint8Array;
}

const alignment = 32;

function utf8(text: string): number[] {
  return [...unescape(encodeURIComponent(text))].map((char) => char.charCodeAt(0));
}

function little(value: number, bytes: number): number[] {
  return Array.from({ length: bytes }, (_, index) => Math.floor(value / 256 ** index) % 256);
}

function text(value: string): number[] {
  const bytes = utf8(value);
  return [...little(bytes.length, 8), ...bytes];
}

function f32(value: number): number[] {
  return [...new Uint8Array(Float32Array.of(value).buffer)];
}

function valueBytes(value: string | number | readonly string[]): number[] {
  if (typeof value === "string") return [...little(8, 4), ...text(value)];
  if (typeof value === "number") {
    return Number.isInteger(value)
      ? [...little(4, 4), ...little(value, 4)]
      : [...little(6, 4), ...f32(value)];
  }
  return [...little(9, 4), ...little(8, 4), ...little(value.length, 8), ...value.flatMap(text)];
}

function lengthOf({ shape, type = 0 }: TestTensor): number {
  const kind = tensorTypeOf(type);
  if (kind === undefined) throw new Error(`no tensor type ${type}`);
  return (shape.reduce((product, size) => product * size, 1) / kind.block) * kind.bytes;
}

function aligned(length: number): number {
  return Math.ceil(length / alignment) * alignment;
}

/** Bytes of the tensors' data, with the padding between them. */
export function tensorBytes(tensors: readonly TestTensor[]): number {
  return tensors.reduce((sum, tensor) => aligned(sum) + lengthOf(tensor), 0);
}

export function ggufBytes({ metadata, tensors }: TestGguf): Uint8Array {
  const entries = Object.entries(metadata);
  const bytes = [
    ...utf8("GGUF"),
    ...little(3, 4),
    ...little(tensors.length, 8),
    ...little(entries.length, 8),
  ];
  for (const [key, value] of entries) bytes.push(...text(key), ...valueBytes(value));
  let offset = 0;
  for (const tensor of tensors) {
    const { name, shape, type = 0 } = tensor;
    bytes.push(...text(name), ...little(shape.length, 4), ...shape.flatMap((size) => little(size, 8)));
    bytes.push(...little(type, 4), ...little(offset, 8));
    offset = aligned(offset + lengthOf(tensor));
  }
  const start = aligned(bytes.length);
  const file = new Uint8Array(start + tensorBytes(tensors));
  file.set(bytes);
  offset = 0;
  for (const tensor of tensors) {
    if (tensor.data !== undefined) file.set(tensor.data, start + offset);
    offset = aligned(offset + lengthOf(tensor));
  }
  return file;
}
