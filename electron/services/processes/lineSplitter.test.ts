import fc from "fast-check";
import { expect, it } from "vitest";
import { LineSplitter } from "./lineSplitter.ts";

function split(chunks: Uint8Array[]): { lines: string[]; dropped: number[] } {
  const lines: string[] = [];
  const dropped: number[] = [];
  const splitter = new LineSplitter(
    (line) => lines.push(line),
    (length) => dropped.push(length),
  );
  for (const chunk of chunks) splitter.push(chunk);
  splitter.end();
  return { lines, dropped };
}

it("gives the same lines however the bytes are cut", () => {
  const line = fc.string({ unit: "grapheme" }).filter((text) => !/[\r\n]/.test(text));
  fc.assert(
    fc.property(fc.array(line), fc.array(fc.nat(5), { minLength: 1 }), (texts, sizes) => {
      const bytes = new TextEncoder().encode(texts.map((text) => `${text}\n`).join(""));
      const chunks: Uint8Array[] = [];
      for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
        const size = 1 + (sizes[turn % sizes.length] ?? 0);
        chunks.push(bytes.slice(at, at + size));
        at += size;
      }
      // A byte-order mark at the very start is the decoder's to drop.
      expect(split(chunks).lines).toEqual(
        texts.map((text, at) => (at === 0 ? text.replace(/^\ufeff/, "") : text)),
      );
    }),
  );
});

it("drops a line of ten million characters, says so, and goes on with the next", () => {
  const long = new TextEncoder().encode("x".repeat(1_000_000));
  const chunks = [...Array.from({ length: 10 }, () => long), new TextEncoder().encode('\n{"kind":"step"}\n')];
  expect(split(chunks)).toEqual({ lines: ['{"kind":"step"}'], dropped: [10_000_000] });
});
