import { isUtf8 } from "node:buffer";

/** Returns how many bytes at the end belong to an incomplete character. */
export function incompleteEnd(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return length > back ? back : 0;
  }
  return 0;
}

/** Returns whether bytes are UTF-8, except for an incomplete character at the end. */
export function isUtf8Start(bytes: Uint8Array): boolean {
  return isUtf8(bytes.subarray(0, bytes.length - incompleteEnd(bytes)));
}

/** Checks chunk by chunk that all bytes are valid UTF-8. */
export class Utf8Check {
  #rest: Uint8Array = new Uint8Array();
  #valid = true;

  push(chunk: Uint8Array): void {
    if (!this.#valid) return;
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const complete = bytes.length - incompleteEnd(bytes);
    this.#valid = isUtf8(bytes.subarray(0, complete));
    // A copy, because the chunk's buffer is reused.
    this.#rest = Uint8Array.from(bytes.subarray(complete));
  }

  end(): boolean {
    return this.#valid && this.#rest.length === 0;
  }
}
