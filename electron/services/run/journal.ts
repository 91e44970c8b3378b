import { createHash } from "node:crypto";
import { type JournalEntry, JournalEntrySchema } from "../../../shared/schema/run.ts";
import type { FileLayer } from "../files/fileLayer.ts";

/** Hex digits of the checksum that ends each line: 64 bits tell a torn or altered line from a whole one. */
const sumLength = 16;
const newline = 0x0a;

function sumOf(body: string): string {
  return createHash("sha256").update(body).digest("hex").slice(0, sumLength);
}

/** A value as one line of JSON with its checksum as the last key. The value is an object with at least one key. */
export function sealedLine(value: object): string {
  const body = JSON.stringify(value);
  return `${body.slice(0, -1)},"sum":"${sumOf(body)}"}`;
}

/** The value that `sealedLine` wrote; null where the line is torn or altered. */
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

/** One line of `events.jsonl`. */
export function encodeEntry(entry: JournalEntry): string {
  return sealedLine(entry);
}

/** The entry of a line; null where the line is torn, altered or of another shape. */
export function decodeEntry(line: string): JournalEntry | null {
  return JournalEntrySchema.safeParse(unsealedLine(line)).data ?? null;
}

export interface Journal {
  readonly entries: readonly JournalEntry[];
  /** Line numbers (from 1) of lines that could not be read, or stood there already, and were skipped. */
  readonly skipped: readonly number[];
}

/** Takes a journal line by line. `parseJournal` says what it passes over, and why numbers always rise. */
class JournalLines {
  readonly #seen = new Set<string>();
  #seq = 0;
  #line = 0;

  /** The entry of the next line; `blank` where there is nothing, `bad` where it is none or stood there before. */
  take(line: string): JournalEntry | "blank" | "bad" {
    this.#line += 1;
    // An empty line is what a writer may leave behind a torn one.
    if (line === "") return "blank";
    const entry = decodeEntry(line);
    const sum = line.slice(-sumLength - 2);
    if (entry === null || (entry.seq <= this.#seq && this.#seen.has(sum))) return "bad";
    this.#seen.add(sum);
    this.#seq = Math.max(this.#seq + 1, entry.seq);
    return this.#seq === entry.seq ? entry : { ...entry, seq: this.#seq };
  }

  /** Number of the line taken last, from 1. */
  get line(): number {
    return this.#line;
  }
}

/**
 * Reads text of a journal. Bad lines are skipped and reported, never fatal, and so is a line that stands there twice.
 * Sequence numbers always rise: an entry whose number another has used gets the next one, so that a reader who goes on
 * from a number misses nothing.
 */
export function parseJournal(text: string): Journal {
  const entries: JournalEntry[] = [];
  const skipped: number[] = [];
  const lines = text.split("\n");
  // Behind the last newline stands nothing, or what a writer that died wrote: half a line, or one whole but for its end.
  if (lines.at(-1) === "") lines.pop();
  const taking = new JournalLines();
  for (const line of lines) {
    const taken = taking.take(line);
    if (taken === "bad") skipped.push(taking.line);
    else if (taken !== "blank") entries.push(taken);
  }
  return { entries, skipped };
}

/** How much of a journal is decoded at a time, in bytes: some 30 ms of work. */
const partBytes = 512 * 1024;

/** Reads a journal that grows, each byte once. What it gives is what `parseJournal` gives of the whole. */
export class JournalReader {
  readonly #files: Pick<FileLayer, "readPart" | "size" | "exists">;
  readonly #file: string;
  #lines = new JournalLines();
  #offset = 0;
  /** Behind the last newline: half a line, or one whose newline is still to come. */
  #rest: Buffer = Buffer.alloc(0);

  constructor(files: Pick<FileLayer, "readPart" | "size" | "exists">, file: string) {
    this.#files = files;
    this.#file = file;
  }

  /**
   * The next entries, and whether the file's end was reached. Where the file has become shorter, another one took
   * its place: it is read from its beginning.
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

  /** The whole lines so far; one that lacks only its newline counts. */
  #cut(part: Uint8Array): string[] {
    const bytes = Buffer.concat([this.#rest, part]);
    const end = bytes.lastIndexOf(newline);
    const lines = end < 0 ? [] : bytes.toString("utf8", 0, end).split("\n");
    this.#rest = bytes.subarray(end + 1);
    const last = this.#rest.toString("utf8");
    if (!last.endsWith('"}') || decodeEntry(last) === null) return lines;
    // Its newline, when it comes, closes an empty line.
    this.#rest = Buffer.alloc(0);
    return [...lines, last];
  }
}

export async function readJournal(files: FileLayer, file: string): Promise<Journal> {
  if (!(await files.exists(file))) return { entries: [], skipped: [] };
  return parseJournal(await files.readText(file));
}

/** Appends to a journal, one entry at a time, in the order of the calls, each on disk before its promise resolves. */
export class JournalWriter {
  readonly #files: FileLayer;
  readonly #file: string;
  readonly #now: () => Date;
  readonly #onEntry: (entry: JournalEntry) => void;
  #seq: number;
  #last: Promise<void> = Promise.resolve();

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
    const written = this.#last.then(async () => {
      // A number is used up even where writing fails: the line may be on the disk all the same, a gap harms nobody.
      this.#seq += 1;
      const entry: JournalEntry = { seq: this.#seq, at: this.#now().toISOString(), event };
      await this.#files.appendLine(this.#file, encodeEntry(entry));
      this.#onEntry(entry);
    });
    // One failed append must not silence the ones after it: each caller sees its own failure.
    this.#last = written.catch(() => {});
    return written;
  }

  /** Resolves when everything appended so far is on disk. */
  settled(): Promise<void> {
    return this.#last;
  }
}
