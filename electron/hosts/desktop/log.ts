import { failureDetail } from "../../../shared/domain/failure.ts";
import { SerialQueue } from "../../services/async/serialQueue.ts";
import type { FileLayer } from "../../services/files/fileLayer.ts";

/** The size at which a new log starts, in bytes. One previous log is kept. */
const largest = 1024 * 1024;

/** Logs events outside of runs: defects with their stack, and crashed processes. Nothing waits for a write. */
export class DesktopLog {
  readonly #files: FileLayer;
  readonly #file: string;
  readonly #writes = new SerialQueue();

  constructor(files: FileLayer, file: string) {
    this.#files = files;
    this.#file = file;
    void this.#writes.run(() => this.#rotate());
  }

  write(text: string): void {
    const line = `${new Date().toISOString()} ${text.trimEnd()}\n`;
    void this.#writes.run(() => this.#files.appendText(this.#file, line));
  }

  defect(error: unknown): void {
    this.write(error instanceof Error ? (error.stack ?? error.message) : failureDetail(error).message);
  }

  settled(): Promise<void> {
    return this.#writes.settled();
  }

  async #rotate(): Promise<void> {
    if (!(await this.#files.exists(this.#file)) || (await this.#files.size(this.#file)) < largest) return;
    await this.#files.remove(`${this.#file}.1`);
    await this.#files.rename(this.#file, `${this.#file}.1`);
  }
}
