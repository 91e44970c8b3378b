/** A longer line isn't one of ours and is dropped and reported, which bounds memory. */
const longestLine = 1024 * 1024;

/** Splits a child's output into lines. Handles UTF-8 characters that are split between chunks. */
export class LineSplitter {
  readonly #decoder = new TextDecoder("utf-8");
  readonly #onLine: (line: string) => void;
  readonly #onDropped: (length: number) => void;
  #rest = "";
  #dropped = 0;

  constructor(onLine: (line: string) => void, onDropped: (length: number) => void) {
    this.#onLine = onLine;
    this.#onDropped = onDropped;
  }

  push(chunk: Uint8Array): void {
    this.#take(this.#decoder.decode(chunk, { stream: true }));
  }

  end(): void {
    this.#take(this.#decoder.decode());
    if (this.#rest !== "") this.#line(this.#rest);
    this.#rest = "";
  }

  #take(text: string): void {
    const parts = (this.#rest + text).split("\n");
    this.#rest = parts.pop() ?? "";
    for (const part of parts) this.#line(part);
    if (this.#rest.length > longestLine) {
      this.#dropped += this.#rest.length;
      this.#rest = "";
    }
  }

  #line(line: string): void {
    if (this.#dropped > 0 || line.length > longestLine) {
      this.#onDropped(this.#dropped + line.length);
      this.#dropped = 0;
      return;
    }
    this.#onLine(line.endsWith("\r") ? line.slice(0, -1) : line);
  }
}
