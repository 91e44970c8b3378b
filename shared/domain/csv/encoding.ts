import { Failure } from "../failure.ts";

// Every runtime has these two; the pure layer's tsconfig knows no runtime's library.
declare const TextDecoder: new (
  label: string,
  options: { fatal: boolean; ignoreBOM: boolean },
) => { decode(bytes: Uint8Array): string };
declare const TextEncoder: new () => { encode(text: string): Uint8Array };

/** The encodings we read and write back. `latin1` is Windows-1252, what Excel means by it. */
export type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "latin1";

/** A file's text without its byte order mark; `encodeText` gives the same bytes back. */
export interface DecodedText {
  readonly text: string;
  readonly encoding: Encoding;
  readonly bom: boolean;
}

const BOM = 0xfeff;
const CHUNK = 8192;
/** How much of a file is looked at to recognize UTF-16 without a mark, in bytes. */
const PROBE_BYTES = 4096;

/** Windows-1252 for the bytes 0x80–0x9F; the five it leaves undefined stay as they are, so nothing is lost. */
const windows1252 = [
  0x20ac, 0x81, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8d,
  0x017d, 0x8f, 0x90, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a,
  0x0153, 0x9d, 0x017e, 0x0178,
] as const;
const windows1252Byte = new Map(windows1252.map((code, index): [number, number] => [code, 0x80 + index]));

function textOfUnits(units: Uint16Array): string {
  const parts: string[] = [];
  for (let at = 0; at < units.length; at += CHUNK) {
    parts.push(String.fromCharCode(...units.subarray(at, at + CHUNK)));
  }
  return parts.join("");
}

function decodeUtf16(bytes: Uint8Array, littleEndian: boolean, file: string): string {
  if (bytes.length % 2 === 1) throw cutUtf16(file);
  // By hand: TextDecoder would replace unpaired surrogates, and then saving would change them.
  const units = new Uint16Array(bytes.length / 2);
  const [low, high] = littleEndian ? [0, 1] : [1, 0];
  for (let at = 0; at < units.length; at += 1) {
    units[at] = (bytes[2 * at + low] ?? 0) | ((bytes[2 * at + high] ?? 0) << 8);
  }
  return textOfUnits(units);
}

function decodeLatin1(bytes: Uint8Array): string {
  return textOfUnits(Uint16Array.from(bytes, (byte) => windows1252[byte - 0x80] ?? byte));
}

/**
 * Decodes a part of a file whose encoding is known; it begins and ends between two characters and has no mark.
 * Throws Failure `bad-value` where it is not in that encoding.
 */
export function decodeAs(bytes: Uint8Array, encoding: Encoding, file: string): string {
  if (encoding === "latin1") return decodeLatin1(bytes);
  if (encoding !== "utf-8") return decodeUtf16(bytes, encoding === "utf-16le", file);
  const text = decodeUtf8(bytes);
  if (text !== null) return text;
  throw new Failure("bad-value", `${file} contains bytes that are not UTF-8`, {
    hint: "The file changed while it was being read. Try again.",
    file,
  });
}

/** What a file's first bytes say of its encoding: a mark, or UTF-16 by its NULs; null: UTF-8 or Latin-1. */
export function markedEncoding(head: Uint8Array): { encoding: Encoding; bom: boolean } | null {
  const [first, second, third] = head;
  if (first === 0xff && second === 0xfe) return { encoding: "utf-16le", bom: true };
  if (first === 0xfe && second === 0xff) return { encoding: "utf-16be", bom: true };
  const unmarked = unmarkedUtf16(head);
  if (unmarked !== null) return { encoding: unmarked, bom: false };
  return first === 0xef && second === 0xbb && third === 0xbf ? { encoding: "utf-8", bom: true } : null;
}

/** The length of a byte order mark, in bytes. */
export function markBytes({ encoding, bom }: { encoding: Encoding; bom: boolean }): number {
  if (!bom) return 0;
  return encoding === "utf-8" ? 3 : 2;
}

/** UTF-16 without a mark: in text that begins with Latin letters nearly every other byte is NUL. */
function unmarkedUtf16(bytes: Uint8Array): "utf-16le" | "utf-16be" | null {
  const probe = bytes.subarray(0, Math.min(PROBE_BYTES, bytes.length & ~1));
  const zeros = [0, 0];
  probe.forEach((byte, at) => {
    if (byte === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = zeros;
  const many = probe.length * 0.3;
  if (odd > many && even < odd / 10) return "utf-16le";
  return even > many && odd < even / 10 ? "utf-16be" : null;
}

function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

/**
 * Decodes a text file: by its byte order mark; UTF-16 without one by its NULs; else UTF-8, or Latin-1
 * (Windows-1252) where it is not valid UTF-8. Throws Failure `bad-value` for text cut inside a UTF-16
 * character, or marked as UTF-8 without being it.
 */
export function decodeText(bytes: Uint8Array, file: string): DecodedText {
  const marked = markedEncoding(bytes);
  const body = bytes.subarray(marked === null ? 0 : markBytes(marked));
  if (marked !== null && marked.encoding !== "utf-8") {
    return { text: decodeUtf16(body, marked.encoding === "utf-16le", file), ...marked };
  }
  const text = decodeUtf8(body);
  if (text !== null) return { text, encoding: "utf-8", bom: marked !== null };
  if (marked === null) return { text: decodeLatin1(bytes), encoding: "latin1", bom: false };
  throw falselyMarked(file);
}

/** The failure of a file that is marked as UTF-8 without being it. */
export function falselyMarked(file: string): Failure {
  return new Failure("bad-value", `${file} is marked as UTF-8 but contains bytes that are not UTF-8`, {
    hint: "Save the file as UTF-8, or get a complete copy.",
    file,
  });
}

/** The failure of a file that ends inside a UTF-16 character. */
export function cutUtf16(file: string): Failure {
  return new Failure("bad-value", `${file} ends in the middle of a UTF-16 character`, {
    hint: "The file is truncated. Get a complete copy.",
    file,
  });
}

function encodeUtf16(text: string, littleEndian: boolean): Uint8Array {
  const bytes = new Uint8Array(text.length * 2);
  const [low, high] = littleEndian ? [0, 1] : [1, 0];
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    bytes[2 * at + low] = unit & 0xff;
    bytes[2 * at + high] = unit >> 8;
  }
  return bytes;
}

function encodeLatin1(text: string, file: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    const byte = windows1252Byte.get(unit) ?? unit;
    if (byte > 0xff || (byte === unit && unit >= 0x80 && unit < 0xa0 && windows1252[unit - 0x80] !== unit)) {
      throw new Failure("bad-value", `“${text[at]}” can't be written to ${file}, which uses Latin-1`, {
        hint: "Import the file first (`namewright dataset import FILE`). The imported copy uses UTF-8.",
        file,
      });
    }
    bytes[at] = byte;
  }
  return bytes;
}

/** Encodes text as the file was: `encodeText(decodeText(bytes))` equals `bytes`. Throws Failure `bad-value`. */
export function encodeText({ text, encoding, bom }: DecodedText, file: string): Uint8Array {
  const marked = bom ? String.fromCharCode(BOM) + text : text;
  switch (encoding) {
    case "utf-8":
      return new TextEncoder().encode(marked);
    case "utf-16le":
    case "utf-16be":
      return encodeUtf16(marked, encoding === "utf-16le");
    case "latin1":
      return encodeLatin1(text, file);
  }
}
