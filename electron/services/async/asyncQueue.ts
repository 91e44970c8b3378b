/** A queue one side pushes into while the other iterates: generation feeds judging. */
export class AsyncQueue<Value> implements AsyncIterable<Value> {
  readonly #waiting: Value[] = [];
  #wake: (() => void) | null = null;
  #closed = false;

  push(value: Value): void {
    if (this.#closed) throw new Error("the queue is closed");
    this.#waiting.push(value);
    this.#wake?.();
  }

  /** Closes the queue: an iterator ends after it has drained the remaining values. */
  close(): void {
    this.#closed = true;
    this.#wake?.();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Value> {
    for (;;) {
      while (this.#waiting.length > 0) yield this.#waiting.shift() as Value;
      if (this.#closed) return;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      this.#wake = null;
    }
  }
}
