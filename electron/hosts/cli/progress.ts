import { formatCount } from "../../../shared/domain/format/count.ts";
import { formatDuration } from "../../../shared/domain/format/duration.ts";
import { progressWords } from "../../../shared/domain/run/progressWords.ts";
import { colourOn, singleLine, styled, truncate, written } from "./output.ts";

const barWidth = 24;
/** Without a terminal, the minimum time between two lines, in milliseconds. */
const plainEveryMs = 5000;
const drawEveryMs = 80;

export interface ProgressLine {
  readonly label: string;
  readonly done: number;
  readonly total: number;
  readonly unit: string;
  readonly etaSeconds: number | null;
  readonly detail?: string;
}

function barOf(done: number, total: number): string {
  const filled = total === 0 ? 0 : Math.round((Math.min(done, total) / total) * barWidth);
  return `${"█".repeat(filled)}${"░".repeat(barWidth - filled)}`;
}

/** Progress on standard error: one line redrawn on a terminal, plain lines elsewhere, nothing when quiet. */
export class Progress {
  readonly #stream = process.stderr;
  readonly #quiet: boolean;
  #lastDraw = 0;
  #lastKey = "";
  #drawn = false;

  constructor(options: { quiet: boolean }) {
    this.#quiet = options.quiet;
  }

  /** Writes a permanent line. */
  note(text: string): void {
    if (this.#quiet) return;
    this.#clear();
    for (const line of text.split("\n")) this.#stream.write(`${singleLine(line)}\n`);
  }

  warn(text: string): void {
    this.#clear();
    this.#stream.write(written(`${styled("yellow", "warning", this.#stream)}: ${singleLine(text)}\n`));
  }

  show(line: ProgressLine): void {
    if (this.#quiet) return;
    const now = performance.now();
    const key = line.label;
    const ended = line.done >= line.total;
    const pause = this.#stream.isTTY ? drawEveryMs : plainEveryMs;
    if (!ended && key === this.#lastKey && now - this.#lastDraw < pause) return;
    this.#lastDraw = now;
    this.#lastKey = key;
    const eta = line.etaSeconds === null || ended ? "" : `  ${formatDuration(line.etaSeconds)} left`;
    const detail = line.detail === undefined ? "" : `  ${line.detail}`;
    const counts =
      line.unit === "bytes"
        ? progressWords(line)
        : `${formatCount(line.done)}/${formatCount(line.total)} ${line.unit}`;
    if (!this.#stream.isTTY) {
      this.#stream.write(`${singleLine(`${line.label}  ${counts}${eta}${detail}`)}\n`);
      return;
    }
    const text = `${line.label}  ${barOf(line.done, line.total)}  ${counts}${eta}${detail}`;
    this.#clear();
    this.#stream.write(truncate(singleLine(text), (this.#stream.columns ?? 80) - 1));
    this.#drawn = true;
    if (ended) this.end();
  }

  /** Keeps the drawn line and continues below it. */
  end(): void {
    if (this.#drawn) this.#stream.write("\n");
    this.#drawn = false;
  }

  #clear(): void {
    if (!this.#drawn) return;
    this.#stream.write(colourOn(this.#stream) || this.#stream.isTTY ? "\r\u001b[2K" : "\n");
    this.#drawn = false;
  }
}
