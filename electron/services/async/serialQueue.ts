/** Runs work one at a time, in the order of the calls. A failure rejects only its own call. */
export class SerialQueue {
  #last: Promise<unknown> = Promise.resolve();

  run<Value>(work: () => Promise<Value>): Promise<Value> {
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => {});
    return turn;
  }

  /** Resolves when all work queued so far has ended. Never rejects. */
  async settled(): Promise<void> {
    await this.#last;
  }
}
