import { z } from "zod";

/** The largest header that the format allows, in bytes. */
const longestHeader = 100_000_000;

/** Bits of one value of each type (https://huggingface.co/docs/safetensors). */
const bitsOf: Readonly<Record<string, number>> = {
  F4: 4,
  F6_E2M3: 6,
  F6_E3M2: 6,
  BOOL: 8,
  U8: 8,
  I8: 8,
  F8_E5M2: 8,
  F8_E4M3: 8,
  F8_E8M0: 8,
  F8_E5M2FNUZ: 8,
  F8_E4M3FNUZ: 8,
  I16: 16,
  U16: 16,
  F16: 16,
  BF16: 16,
  I32: 32,
  U32: 32,
  F32: 32,
  I64: 64,
  U64: 64,
  F64: 64,
  C64: 64,
};

const size = z.number().int().nonnegative();
const TensorSchema = z.object({
  dtype: z.string(),
  shape: z.array(size),
  data_offsets: z.tuple([size, size]),
});
const MetadataSchema = z.record(z.string(), z.string());

export interface SafetensorsTensor {
  readonly dtype: string;
  readonly shape: readonly number[];
  /** Bytes after the header. */
  readonly begin: number;
  readonly end: number;
}

/** Says what contradicts the format. */
export class MalformedSafetensors extends Error {}

/** The header's length in bytes, from the file's first eight. @throws MalformedSafetensors */
export function headerLength(first: Uint8Array, fileBytes: number): number {
  if (first.byteLength < 8) throw new MalformedSafetensors("it is shorter than 8 bytes");
  const length = new DataView(first.buffer, first.byteOffset, 8).getBigUint64(0, true);
  if (length > BigInt(longestHeader)) {
    throw new MalformedSafetensors(`its header claims ${length} bytes, more than the format allows`);
  }
  if (8 + Number(length) > fileBytes) {
    throw new MalformedSafetensors(`its header claims ${length} bytes, but the file has ${fileBytes}`);
  }
  return Number(length);
}

/**
 * The tensors that a header lists. Together they must fill the file's data exactly, as the format demands.
 * @param dataBytes what the file holds after the header.
 * @throws MalformedSafetensors
 */
export function parseSafetensorsHeader(text: string, dataBytes: number): Map<string, SafetensorsTensor> {
  let header: unknown;
  try {
    header = JSON.parse(text);
  } catch {
    throw new MalformedSafetensors("its header isn't JSON");
  }
  const entries = z.record(z.string(), z.unknown()).safeParse(header);
  if (!entries.success) throw new MalformedSafetensors("its header isn't a JSON object");
  const twice = repeatedKey(text);
  if (twice !== null) throw new MalformedSafetensors(`its header lists ${twice} twice`);
  const { __metadata__: metadata, ...tensors } = entries.data;
  if (metadata !== undefined && !MetadataSchema.safeParse(metadata).success) {
    throw new MalformedSafetensors("its metadata holds something other than text");
  }
  const parsed = new Map(Object.entries(tensors).map(([name, value]) => [name, tensorOf(name, value)]));
  refuseGaps(parsed, dataBytes);
  return parsed;
}

function tensorOf(name: string, value: unknown): SafetensorsTensor {
  const parsed = TensorSchema.safeParse(value);
  if (!parsed.success) throw new MalformedSafetensors(`its entry for ${name} can't be read`);
  const { dtype, shape, data_offsets } = parsed.data;
  const [begin, end] = data_offsets;
  const bits = bitsOf[dtype];
  if (bits === undefined) throw new MalformedSafetensors(`${name} has the unknown type ${dtype}`);
  const bytes = (shape.reduce((product, length) => product * length, 1) * bits) / 8;
  if (bytes !== end - begin) {
    const claimed = `${dtype} ${shape.join(" × ") || "scalar"}`;
    throw new MalformedSafetensors(`${name} is ${claimed}, which isn't the size of bytes ${begin} to ${end}`);
  }
  return { dtype, shape, begin, end };
}

function refuseGaps(tensors: ReadonlyMap<string, SafetensorsTensor>, dataBytes: number): void {
  let at = 0;
  for (const [name, { begin, end }] of [...tensors].sort(
    ([, one], [, other]) => one.begin - other.begin || one.end - other.end,
  )) {
    if (begin < at) throw new MalformedSafetensors(`${name} overlaps another tensor`);
    if (begin > at) throw new MalformedSafetensors(`there is a gap before ${name}`);
    at = end;
  }
  if (at > dataBytes) throw new MalformedSafetensors(`it is cut off: ${at - dataBytes} bytes are missing`);
  if (at < dataBytes) throw new MalformedSafetensors(`${dataBytes - at} bytes belong to no tensor`);
}

/**
 * The first key that an object's text holds twice, at its top level; `JSON.parse` would keep the last silently.
 * Read character by character: a pattern for whole strings overflows the stack on a hostile one.
 */
function repeatedKey(text: string): string | null {
  const keys = new Set<string>();
  let depth = 0;
  let last = "";
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"') {
      const end = endOfString(text, at);
      last = text.slice(at, end + 1);
      at = end;
    } else if (character === "{" || character === "[") depth += 1;
    else if (character === "}" || character === "]") depth -= 1;
    else if (character === ":" && depth === 1) {
      const key: string = JSON.parse(last);
      if (keys.has(key)) return key;
      keys.add(key);
    }
  }
  return null;
}

/** The index of the quote that closes the string opened at `begin`. */
function endOfString(text: string, begin: number): number {
  let at = begin + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at;
}
