import { failureDetail } from "../../../shared/domain/failure.ts";
import type { FileLayer } from "../../services/files/fileLayer.ts";

/** The size at which a new log starts, in bytes. One previous log is kept. */
const largest = 1024 * 1024;

/** Logs events outside of runs: defects with their stack, and crashed processes. Nothing waits for a write. */
export class DesktopLog {
  readonly #files: FileLayer;
  readonly #file: string;
  #last: Promise<void>;

  constructor(files: FileLayer, file: string) {
    this.#files = files;
    this.#file = file;
    this.#last = this.#turn().catch(() => {});
  }

  write(text: string): void {
    const line = `${new Date().toISOString()} ${text.trimEnd()}\n`;
    this.#last = this.#last.then(() => this.#files.appendText(this.#file, line)).catch(() => {});
  }

  defect(error: unknown): void {
    this.write(error instanceof Error ? (error.stack ?? error.message) : failureDetail(error).message);
  }

  settled(): Promise<void> {
    return this.#last;
  }

  async #turn(): Promise<void> {
    if (!(await this.#files.exists(this.#file)) || (await this.#files.size(this.#file)) < largest) return;
    await this.#files.remove(`${this.#file}.1`);
    await this.#files.rename(this.#file, `${this.#file}.1`);
  }
}
