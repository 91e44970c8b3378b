import { createHash } from "node:crypto";
import { type JournalEntry, JournalEntrySchema } from "../../../shared/schema/run.ts";
import type { FileLayer } from "../files/fileLayer.ts";

/** Hex digits of the checksum that ends each line: 64 bits tell a torn or altered line from a whole one. */
const sumLength = 16;

function sumOf(body: string): string {
  return createHash("sha256").update(body).digest("hex").slice(0, sumLength);
}

/** One line of `events.jsonl`: the entry as JSON with its checksum as the last key. */
export function encodeEntry(entry: JournalEntry): string {
  const body = JSON.stringify(entry);
  return `${body.slice(0, -1)},"sum":"${sumOf(body)}"}`;
}

/** The entry of a line; null where the line is torn, altered or of another shape. */
export function decodeEntry(line: string): JournalEntry | null {
  const tail = line.match(/,"sum":"([0-9a-f]{16})"\}$/);
  if (tail === null) return null;
  const body = `${line.slice(0, tail.index)}}`;
  if (sumOf(body) !== tail[1]) return null;
  try {
    const parsed = JournalEntrySchema.safeParse(JSON.parse(body));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

export interface Journal {
  readonly entries: readonly JournalEntry[];
  /** Line numbers (from 1) of lines that could not be read, or stood there already, and were skipped. */
  readonly skipped: readonly number[];
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
  const seen = new Set<string>();
  let seq = 0;
  lines.forEach((line, position) => {
    // An empty line is what a writer may leave behind a torn one.
    if (line === "") return;
    const entry = decodeEntry(line);
    const sum = line.slice(-sumLength - 2);
    if (entry === null || (entry.seq <= seq && seen.has(sum))) {
      skipped.push(position + 1);
      return;
    }
    seen.add(sum);
    seq = Math.max(seq + 1, entry.seq);
    entries.push(seq === entry.seq ? entry : { ...entry, seq });
  });
  return { entries, skipped };
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
