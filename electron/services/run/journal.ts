import { createHash } from "node:crypto";
import { type JournalEntry, JournalEntrySchema } from "../../../shared/schema/run.ts";
import { SerialQueue } from "../async/serialQueue.ts";
import type { FileLayer } from "../files/fileLayer.ts";

/** Hex digits of the checksum that ends each line. 64 bits detect a torn or altered line. */
const sumLength = 16;
const newline = 0x0a;

function sumOf(body: string): string {
  return createHash("sha256").update(body).digest("hex").slice(0, sumLength);
}

/** Returns one line of JSON with its checksum as the last key. `value` must have at least one key. */
export function sealedLine(value: object): string {
  const body = JSON.stringify(value);
  return `${body.slice(0, -1)},"sum":"${sumOf(body)}"}`;
}

/** Returns the value that `sealedLine` wrote; null when the line is torn or altered. */
export function unsealedLine(line: string): unknown {
  const tail = line.match(/,"sum":"([0-9a-f]{16})"\}$/);
  if (tail === null) return null;
  const body = `${line.slice(0, tail.index)}}`;
  if (sumOf(body) !== tail[1]) return null;
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

/** Returns one line of `events.jsonl`. */
export function encodeEntry(entry: JournalEntry): string {
  return sealedLine(entry);
}

/** Returns the entry of a line; null when the line is torn, altered or of another shape. */
export function decodeEntry(line: string): JournalEntry | null {
  return JournalEntrySchema.safeParse(unsealedLine(line)).data ?? null;
}

export interface Journal {
  readonly entries: readonly JournalEntry[];
  /** Line numbers (from 1) of skipped lines: unreadable ones and duplicates. */
  readonly skipped: readonly number[];
}

/** Reads a journal line by line. See `parseJournal` for what is skipped and why numbers always rise. */
class JournalLines {
  readonly #seen = new Set<string>();
  #seq = 0;
  #line = 0;

  /** Returns the entry of the next line; `blank` for an empty line, `bad` for an invalid or repeated one. */
  take(line: string): JournalEntry | "blank" | "bad" {
    this.#line += 1;
    // A writer may leave an empty line after a torn one.
    if (line === "") return "blank";
    const entry = decodeEntry(line);
    const sum = line.slice(-sumLength - 2);
    if (entry === null || (entry.seq <= this.#seq && this.#seen.has(sum))) return "bad";
    this.#seen.add(sum);
    this.#seq = Math.max(this.#seq + 1, entry.seq);
    return this.#seq === entry.seq ? entry : { ...entry, seq: this.#seq };
  }

  /** Number of the last line taken, from 1. */
  get line(): number {
    return this.#line;
  }
}

/**
 * Reads a journal's text. Invalid and repeated lines are skipped and reported, never fatal.
 * Sequence numbers always rise: an entry whose number is already used gets the next one, so that a reader that resumes
 * from a number misses nothing.
 */
export function parseJournal(text: string): Journal {
  const entries: JournalEntry[] = [];
  const skipped: number[] = [];
  const lines = text.split("\n");
  // After the last newline there is nothing, or a line that an interrupted writer left without its newline.
  if (lines.at(-1) === "") lines.pop();
  const taking = new JournalLines();
  for (const line of lines) {
    const taken = taking.take(line);
    if (taken === "bad") skipped.push(taking.line);
    else if (taken !== "blank") entries.push(taken);
  }
  return { entries, skipped };
}

/** How much of a journal is decoded at a time, in bytes: about 30 ms of work. */
const partBytes = 512 * 1024;

/** Reads a growing journal, each byte once. The entries are those that `parseJournal` returns for the whole text. */
export class JournalReader {
  readonly #files: Pick<FileLayer, "readPart" | "size" | "exists">;
  readonly #file: string;
  #lines = new JournalLines();
  #offset = 0;
  /** Bytes after the last newline: half a line, or one whose newline isn't written yet. */
  #rest: Buffer = Buffer.alloc(0);

  constructor(files: Pick<FileLayer, "readPart" | "size" | "exists">, file: string) {
    this.#files = files;
    this.#file = file;
  }

  /**
   * Returns the next entries and whether the file's end was reached. A file that became shorter was replaced, so it is
   * read from its beginning.
   */
  async more(): Promise<{ entries: JournalEntry[]; atEnd: boolean; restarted: boolean }> {
    const size = (await this.#files.exists(this.#file)) ? await this.#files.size(this.#file) : 0;
    const restarted = size < this.#offset;
    if (restarted) this.#restart();
    if (size === this.#offset) return { entries: [], atEnd: true, restarted };
    const part = await this.#files.readPart(this.#file, this.#offset, partBytes);
    this.#offset += part.length;
    const lines = this.#cut(part);
    const entries: JournalEntry[] = [];
    for (const line of lines) {
      const taken = this.#lines.take(line);
      if (taken !== "blank" && taken !== "bad") entries.push(taken);
    }
    return { entries, atEnd: this.#offset >= size, restarted };
  }

  #restart(): void {
    this.#lines = new JournalLines();
    this.#offset = 0;
    this.#rest = Buffer.alloc(0);
  }

  /** Returns the complete lines so far, including one that lacks only its newline. */
  #cut(part: Uint8Array): string[] {
    const bytes = Buffer.concat([this.#rest, part]);
    const end = bytes.lastIndexOf(newline);
    const lines = end < 0 ? [] : bytes.toString("utf8", 0, end).split("\n");
    this.#rest = bytes.subarray(end + 1);
    const last = this.#rest.toString("utf8");
    if (!last.endsWith('"}') || decodeEntry(last) === null) return lines;
    // Its newline will then end an empty line.
    this.#rest = Buffer.alloc(0);
    return [...lines, last];
  }
}

export async function readJournal(files: FileLayer, file: string): Promise<Journal> {
  if (!(await files.exists(file))) return { entries: [], skipped: [] };
  return parseJournal(await files.readText(file));
}

/** Appends entries to a journal in the order of the calls. Each is on disk before its promise resolves. */
export class JournalWriter {
  readonly #files: FileLayer;
  readonly #file: string;
  readonly #now: () => Date;
  readonly #onEntry: (entry: JournalEntry) => void;
  #seq: number;
  readonly #queue = new SerialQueue();

  constructor(options: {
    files: FileLayer;
    file: string;
    journal: Journal;
    now: () => Date;
    onEntry: (entry: JournalEntry) => void;
  }) {
    this.#files = options.files;
    this.#file = options.file;
    this.#now = options.now;
    this.#onEntry = options.onEntry;
    this.#seq = options.journal.entries.at(-1)?.seq ?? 0;
  }

  append(event: JournalEntry["event"]): Promise<void> {
    return this.#queue.run(async () => {
      // A failed write uses up its number too: the line may still be on disk, and a gap does no harm.
      this.#seq += 1;
      const entry: JournalEntry = { seq: this.#seq, at: this.#now().toISOString(), event };
      await this.#files.appendLine(this.#file, encodeEntry(entry));
      this.#onEntry(entry);
    });
  }

  /** Resolves when everything appended so far is on disk. */
  settled(): Promise<void> {
    return this.#queue.settled();
  }
}
