import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hash53 } from "./hash.ts";
import { HashTable } from "./hashTable.ts";

describe("HashTable", () => {
  it("is a map that keeps the first value of each key", () => {
    const key = fc.oneof(fc.nat({ max: 200 }), fc.maxSafeNat());
    fc.assert(
      fc.property(fc.array(fc.tuple(key, fc.nat()), { maxLength: 500 }), (entries) => {
        const table = new HashTable();
        const map = new Map<number, number>();
        for (const [number, value] of entries) {
          expect(table.getOrPut(number, value)).toBe(map.get(number) ?? null);
          if (!map.has(number)) map.set(number, value);
        }
        expect(table.size).toBe(map.size);
      }),
    );
  });

  it("takes no new key when it is full", () => {
    const table = new HashTable();
    expect(table.getOrPut(1, 10)).toBeNull();
    expect(table.getOrPut(2, 20, true)).toBeNull();
    expect([table.getOrPut(1, 0, true), table.getOrPut(2, 0, true), table.size]).toEqual([10, null, 1]);
  });

  it("distinguishes 50,000 texts that differ in one digit, without storing them", () => {
    const table = new HashTable({ values: false });
    for (let at = 0; at < 50_000; at += 1) table.getOrPut(hash53(`name-${at}`), at);
    for (let at = 0; at < 50_000; at += 1) expect(table.getOrPut(hash53(`name-${at}`), at)).toBe(0);
    expect(table.size).toBe(50_000);
  });
});
