/** How a tensor's numbers are stored: `block` numbers take `bytes` bytes. Sources: ggml.h and ggml-common.h. */
export interface TensorType {
  readonly name: string;
  readonly block: number;
  readonly bytes: number;
}

const kinds: readonly (readonly [number, string, number, number])[] = [
  [0, "f32", 1, 4],
  [1, "f16", 1, 2],
  [2, "q4_0", 32, 18],
  [3, "q4_1", 32, 20],
  [6, "q5_0", 32, 22],
  [7, "q5_1", 32, 24],
  [8, "q8_0", 32, 34],
  [9, "q8_1", 32, 36],
  [10, "q2_K", 256, 84],
  [11, "q3_K", 256, 110],
  [12, "q4_K", 256, 144],
  [13, "q5_K", 256, 176],
  [14, "q6_K", 256, 210],
  [15, "q8_K", 256, 292],
  [16, "iq2_xxs", 256, 66],
  [17, "iq2_xs", 256, 74],
  [18, "iq3_xxs", 256, 98],
  [19, "iq1_s", 256, 50],
  [20, "iq4_nl", 32, 18],
  [21, "iq3_s", 256, 110],
  [22, "iq2_s", 256, 82],
  [23, "iq4_xs", 256, 136],
  [24, "i8", 1, 1],
  [25, "i16", 1, 2],
  [26, "i32", 1, 4],
  [27, "i64", 1, 8],
  [28, "f64", 1, 8],
  [29, "iq1_m", 256, 56],
  [30, "bf16", 1, 2],
];

const byCode = new Map(kinds.map(([code, name, block, bytes]) => [code, { name, block, bytes }]));

/** Undefined for a code that llama.cpp does not use any more or that we do not know. */
export function tensorTypeOf(code: number): TensorType | undefined {
  return byCode.get(code);
}
