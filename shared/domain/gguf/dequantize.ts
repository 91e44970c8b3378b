/** Decodes one block of a tensor type into numbers. Source of the layouts: ggml-quants.c and ggml-common.h. */
type BlockDecoder = (block: DataView, write: (index: number, value: number) => void) => void;

/** IEEE half precision. */
export function halfToNumber(bits: number): number {
  const sign = bits >> 15 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** The upper half of a float32. */
function brainToNumber(bits: number): number {
  const view = new DataView(new ArrayBuffer(4));
  view.setUint32(0, bits * 65536);
  return view.getFloat32(0);
}

function half(block: DataView, at: number): number {
  return halfToNumber(block.getUint16(at, true));
}

/** Scale and minimum of the j-th of eight groups, packed in six bits each (q4_K, q5_K). */
function scaleAndMin(block: DataView, at: number, group: number): [scale: number, min: number] {
  const byte = (index: number): number => block.getUint8(at + index);
  if (group < 4) return [byte(group) & 63, byte(group + 4) & 63];
  return [
    (byte(group + 4) & 15) | ((byte(group - 4) >> 6) << 4),
    (byte(group + 4) >> 4) | ((byte(group) >> 6) << 4),
  ];
}

/** q4_K and q5_K: eight groups of 32 numbers, each with a scale and a minimum; q5_K has one more bit in `high`. */
function kGroups(highAt: number | null, lowAt: number): BlockDecoder {
  return (block, write) => {
    const scaleOfScales = half(block, 0);
    const scaleOfMins = half(block, 2);
    for (let group = 0; group < 8; group++) {
      const [scale, min] = scaleAndMin(block, 4, group);
      for (let index = 0; index < 32; index++) {
        const byte = block.getUint8(lowAt + (group >> 1) * 32 + index);
        const low = group % 2 === 0 ? byte & 15 : byte >> 4;
        const high = highAt === null ? 0 : ((block.getUint8(highAt + index) >> group) & 1) * 16;
        write(group * 32 + index, scaleOfScales * scale * (low + high) - scaleOfMins * min);
      }
    }
  };
}

/** q6_K: sixteen groups of 16 numbers; four bits low, two high, a signed scale per group. */
const q6K: BlockDecoder = (block, write) => {
  const scale = half(block, 208);
  for (let index = 0; index < 256; index++) {
    const side = index >> 7;
    const quarter = (index >> 5) & 3;
    const place = index & 31;
    const lowByte = block.getUint8(side * 64 + (quarter & 1) * 32 + place);
    const low = quarter < 2 ? lowByte & 15 : lowByte >> 4;
    const high = (block.getUint8(128 + side * 32 + place) >> (quarter * 2)) & 3;
    const groupScale = block.getInt8(192 + side * 8 + quarter * 2 + (place >> 4));
    write(index, scale * groupScale * ((low | (high << 4)) - 32));
  }
};

const q4x0: BlockDecoder = (block, write) => {
  const scale = half(block, 0);
  for (let index = 0; index < 16; index++) {
    const byte = block.getUint8(2 + index);
    write(index, scale * ((byte & 15) - 8));
    write(index + 16, scale * ((byte >> 4) - 8));
  }
};

const q8x0: BlockDecoder = (block, write) => {
  const scale = half(block, 0);
  for (let index = 0; index < 32; index++) write(index, scale * block.getInt8(2 + index));
};

interface Decoder {
  readonly block: number;
  readonly bytes: number;
  readonly decode: BlockDecoder;
}

const decoders: ReadonlyMap<string, Decoder> = new Map(
  Object.entries({
    f32: { block: 1, bytes: 4, decode: (block, write) => write(0, block.getFloat32(0, true)) },
    f16: { block: 1, bytes: 2, decode: (block, write) => write(0, half(block, 0)) },
    bf16: { block: 1, bytes: 2, decode: (block, write) => write(0, brainToNumber(block.getUint16(0, true))) },
    q4_0: { block: 32, bytes: 18, decode: q4x0 },
    q8_0: { block: 32, bytes: 34, decode: q8x0 },
    q4_K: { block: 256, bytes: 144, decode: kGroups(null, 16) },
    q5_K: { block: 256, bytes: 176, decode: kGroups(16, 48) },
    q6_K: { block: 256, bytes: 210, decode: q6K },
  } satisfies Record<string, Decoder>),
);

export function canDequantize(type: string): boolean {
  return decoders.has(type);
}

/** The numbers in `bytes`, whole blocks of `type`. @throws RangeError for a type that `canDequantize` does not know. */
export function dequantize(type: string, bytes: Uint8Array): Float64Array {
  const decoder = decoders.get(type);
  if (decoder === undefined) throw new RangeError(`no decoder for ${type}`);
  const count = Math.floor(bytes.length / decoder.bytes);
  const values = new Float64Array(count * decoder.block);
  for (let block = 0; block < count; block++) {
    const view = new DataView(bytes.buffer, bytes.byteOffset + block * decoder.bytes, decoder.bytes);
    decoder.decode(view, (index, value) => {
      values[block * decoder.block + index] = value;
    });
  }
  return values;
}
