/** The bytes given end before the header does, but the file continues: read more and try again. */
export class MoreBytesNeeded extends Error {
  constructor() {
    super("the header is longer than the bytes that were read");
    this.name = "MoreBytesNeeded";
  }
}

/** The file is not what it says: cut off, damaged, or of another format. */
export class MalformedGguf extends Error {
  constructor(message: string) {
    super(message);
    this.name = "MalformedGguf";
  }
}

/** Decodes UTF-8; bytes that are none become U+FFFD. */
export function textOf(bytes: Uint8Array): string {
  let text = "";
  for (let index = 0; index < bytes.length; ) {
    const lead = bytes[index] ?? 0;
    const length = lead < 0x80 ? 1 : lead >> 5 === 6 ? 2 : lead >> 4 === 14 ? 3 : lead >> 3 === 30 ? 4 : 0;
    const tail = [...bytes.subarray(index + 1, index + length)];
    if (length === 0 || tail.length !== length - 1 || tail.some((byte) => byte >> 6 !== 2)) {
      text += "\ufffd";
      index += 1;
      continue;
    }
    const head = length === 1 ? lead : lead & (0xff >> (length + 1));
    const code = tail.reduce((sum, byte) => (sum << 6) | (byte & 0x3f), head);
    text += code > 0x10ffff ? "\ufffd" : String.fromCodePoint(code);
    index += length;
  }
  return text;
}

/** Reads little-endian values one after the other, never after the file's end. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #fileSize: number;
  position = 0;

  /** `bytes`: the file from its begin on, perhaps not whole; `fileSize` in bytes. */
  constructor(bytes: Uint8Array, fileSize: number) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#fileSize = fileSize;
  }

  /** @throws MalformedGguf after the file's end, MoreBytesNeeded after what was read of it. */
  #take(length: number): number {
    const start = this.position;
    if (start + length > this.#fileSize) {
      throw new MalformedGguf(`the file ends at byte ${this.#fileSize}, in the middle of its header`);
    }
    if (start + length > this.#bytes.length) throw new MoreBytesNeeded();
    this.position += length;
    return start;
  }

  u8 = (): number => this.#view.getUint8(this.#take(1));
  i8 = (): number => this.#view.getInt8(this.#take(1));
  u16 = (): number => this.#view.getUint16(this.#take(2), true);
  i16 = (): number => this.#view.getInt16(this.#take(2), true);
  u32 = (): number => this.#view.getUint32(this.#take(4), true);
  i32 = (): number => this.#view.getInt32(this.#take(4), true);
  f32 = (): number => this.#view.getFloat32(this.#take(4), true);
  f64 = (): number => this.#view.getFloat64(this.#take(8), true);

  /** @throws MalformedGguf beyond 2⁵³. */
  u64 = (): number => this.#safe(this.#view.getBigUint64(this.#take(8), true));
  i64 = (): number => this.#safe(this.#view.getBigInt64(this.#take(8), true));

  #safe(value: bigint): number {
    const number = Number(value);
    if (!Number.isSafeInteger(number))
      throw new MalformedGguf(`the header contains the impossible size ${value}`);
    return number;
  }

  /** A count of things of which each takes at least `bytesEach`: more than the file can hold is damage. */
  count(what: string, bytesEach: number): number {
    const count = this.u64();
    if (count * bytesEach > this.#fileSize - this.position) {
      throw new MalformedGguf(`the header announces ${count} ${what}, more than fit in the file`);
    }
    return count;
  }

  string(): string {
    const length = this.count("bytes in a text", 1);
    const start = this.#take(length);
    return textOf(this.#bytes.subarray(start, start + length));
  }
}
