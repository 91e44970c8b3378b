import { describe, expect, it } from "vitest";
import { headerLength, MalformedSafetensors, parseSafetensorsHeader } from "./header.ts";

const first = (length: bigint): Uint8Array => {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, length, true);
  return bytes;
};

describe("headerLength", () => {
  it("reads eight bytes, little endian", () => {
    expect(headerLength(first(300n), 400)).toBe(300);
  });

  it.each([
    ["beyond the file", first(300n), 307],
    ["of 2^63", first(2n ** 63n), 10],
    ["beyond what the format allows", first(100_000_001n), 10 ** 12],
    ["of a file that is too short", new Uint8Array(7), 7],
  ])("refuses a length %s", (_, bytes, size) => {
    expect(() => headerLength(bytes, size)).toThrow(MalformedSafetensors);
  });
});

const entry = (begin: number, end: number, more = {}) => ({
  dtype: "F32",
  shape: [(end - begin) / 4],
  data_offsets: [begin, end],
  ...more,
});
const parse = (header: unknown, bytes: number) => parseSafetensorsHeader(JSON.stringify(header), bytes);

describe("parseSafetensorsHeader", () => {
  it("lists tensors in any order, empty and scalar ones too, and skips the metadata", () => {
    const header = {
      __metadata__: { format: "pt" },
      b: entry(8, 16, { dtype: "F16", shape: [2, 2] }),
      none: entry(8, 8, { shape: [0, 4] }),
      scalar: entry(16, 20, { shape: [] }),
      a: entry(0, 8),
    };
    expect([...parse(header, 20)].map(([name, { begin }]) => [name, begin])).toEqual([
      ["b", 8],
      ["none", 8],
      ["scalar", 16],
      ["a", 0],
    ]);
  });

  it.each([
    ["negative offsets", { a: entry(-4, 4) }, 8, /entry for a can't be read/],
    ["offsets that aren't numbers", { a: entry(0, 8, { data_offsets: ["0", "8"] }) }, 8, /can't be read/],
    ["an end before the begin", { a: entry(8, 4, { shape: [1] }) }, 8, /a is F32 1/],
    ["overlapping tensors", { a: entry(0, 8), b: entry(4, 12) }, 12, /b overlaps another/],
    ["a gap", { a: entry(0, 8), b: entry(12, 16) }, 16, /gap before b/],
    ["an end beyond the file", { a: entry(0, 16) }, 12, /cut off: 4 bytes are missing/],
    ["bytes of no tensor", { a: entry(0, 8) }, 12, /4 bytes belong to no tensor/],
    ["a shape that isn't its size", { a: entry(0, 8, { shape: [3] }) }, 8, /a is F32 3, which isn't/],
    ["a shape of 2^40 × 2^40", { a: entry(0, 8, { shape: [2 ** 40, 2 ** 40] }) }, 8, /isn't the size/],
    ["an unknown type", { a: entry(0, 8, { dtype: "F7" }) }, 8, /unknown type F7/],
    ["metadata that isn't text", { __metadata__: { a: {} }, a: entry(0, 8) }, 8, /metadata/],
    ["a list", [entry(0, 8)], 8, /isn't a JSON object/],
  ])("refuses %s", (_, header, bytes, reason) => {
    expect(() => parse(header, bytes)).toThrow(reason);
  });

  it("takes a name of millions of escapes without overflowing the stack", () => {
    const name = "\\n".repeat(2_000_000);
    const text = `{"${name}": ${JSON.stringify(entry(0, 8))}}`;
    expect(parseSafetensorsHeader(text, 8).size).toBe(1);
  });

  it("refuses a name that is listed twice, also where it is escaped", () => {
    const one = JSON.stringify(entry(0, 8));
    const twice = `{"ab": ${one}, "a\\u0062": ${one}}`;
    expect(() => parseSafetensorsHeader(twice, 8)).toThrow(/lists ab twice/);
    expect(() => parseSafetensorsHeader('{"a', 0)).toThrow(/isn't JSON/);
  });
});
