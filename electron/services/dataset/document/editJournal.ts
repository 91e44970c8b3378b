import path from "node:path";
import { z } from "zod";
import { RowOrder } from "../../../../shared/domain/dataset/rowOrder.ts";
import { Failure } from "../../../../shared/domain/failure.ts";
import { formatBytes } from "../../../../shared/domain/format/bytes.ts";
import { ChangeSchema, RowIdSchema } from "../../../../shared/schema/document.ts";
import type { FileLayer } from "../../files/fileLayer.ts";
import { sealedLine, unsealedLine } from "../../run/journal.ts";
import type { Workspace } from "../../workspace/workspace.ts";

const SeqSchema = z.number().int().positive();

/** The first line: the hash of the original file, and the row IDs of its rows. */
const BaseLineSchema = z.strictObject({
  seq: SeqSchema,
  kind: z.literal("base"),
  sha256: z.string(),
  header: z.array(z.string()),
  rows: z.array(z.strictObject({ first: RowIdSchema, count: z.number().int().positive() })),
});

/** One step, with the original cells of the rows that it touches first, so that it can be applied to another file. */
const StepLineSchema = z.strictObject({
  seq: SeqSchema,
  kind: z.literal("step"),
  how: z.enum(["do", "undo", "redo"]),
  label: z.string(),
  changes: z.array(ChangeSchema),
  file: z.array(z.tuple([RowIdSchema, z.array(z.string())])),
});

/** The document is about to replace its file; `sha256` is the hash of the new content. */
const SavingLineSchema = z.strictObject({ seq: SeqSchema, kind: z.literal("saving"), sha256: z.string() });

const LineSchema = z.discriminatedUnion("kind", [BaseLineSchema, StepLineSchema, SavingLineSchema]);
export type EditLine = z.infer<typeof LineSchema>;
export type StepLine = z.infer<typeof StepLineSchema>;
type Unnumbered<Line> = Line extends unknown ? Omit<Line, "seq"> : never;

/**
 * The maximum size of a journal, in bytes. It is read as one string, which V8 limits to 512 MiB. Edits may use half of
 * it, so that every edit can be undone.
 */
const MOST_DONE = 256_000_000;
const MOST = 500_000_000;
/** The overhead of a change in the journal beside its texts, in bytes, rounded up. */
const CHANGE_BYTES = 100;

/** Returns the size of a step in the journal, measured text by text: as one string it might exceed V8's limit. */
function sizeOf({ changes, file }: Pick<StepLine, "changes" | "file">): number {
  let size = CHANGE_BYTES * (changes.length + file.length);
  const add = (text: string) => {
    size += Buffer.byteLength(JSON.stringify(text));
  };
  for (const change of changes) {
    for (const text of change.kind === "set" ? [change.before, change.value] : change.cells) add(text);
  }
  for (const [, cells] of file) for (const text of cells) add(text);
  return size;
}

/** Throws `Failure` `bad-value` when a journal of `before` bytes has no room for a step. */
export function refuseBeyondRoom(step: Pick<StepLine, "how" | "changes" | "file">, before = 0): void {
  const most = step.how === "do" ? MOST_DONE : MOST;
  const size = before + sizeOf(step);
  if (size <= most) return;
  throw new Failure(
    "bad-value",
    `the unsaved edits would hold ${formatBytes(size)} of text; the maximum is ${formatBytes(most)}`,
    { hint: "Save the document first, or work in several steps. Nothing was changed." },
  );
}

/** The content of a journal; `lost` is the number of unreadable lines. */
export interface EditJournalText {
  readonly base: z.infer<typeof BaseLineSchema>;
  readonly steps: readonly StepLine[];
  /** Hashes of the content of saves that were started. */
  readonly savings: readonly string[];
  readonly lost: number;
}

/**
 * Parses a journal. Returns null when it has no base line. Of two lines with the same number the later one counts: the
 * earlier write was reported as failed.
 */
export function parseEdits(text: string): EditJournalText | null {
  const lines: EditLine[] = [];
  let lost = 0;
  for (const one of text.split("\n")) {
    if (one === "") continue;
    const { data } = LineSchema.safeParse(unsealedLine(one));
    if (data === undefined) {
      lost += 1;
      continue;
    }
    while ((lines.at(-1)?.seq ?? 0) >= data.seq) lines.pop();
    lines.push(data);
  }
  const [base] = lines;
  if (base?.kind !== "base") return null;
  return {
    base,
    steps: lines.filter((line) => line.kind === "step"),
    savings: lines.flatMap((line) => (line.kind === "saving" ? [line.sha256] : [])),
    lost,
  };
}

/** The files of a document's edits. */
export interface EditPlaces {
  readonly journal: string;
  /** The copy of the original file. */
  readonly base: string;
  /** The copy for a new journal, until that journal is in place. */
  readonly nextBase: string;
  readonly lock: string;
  /** A journal that could be replayed only in part. */
  readonly damaged: string;
}

export function editPlaces(workspace: Workspace, file: string): EditPlaces {
  const place = path.join(workspace.paths.state, "edits", path.basename(file));
  return {
    journal: `${place}.jsonl`,
    base: `${place}.base`,
    nextBase: `${place}.base.next`,
    lock: `${place}.lock`,
    damaged: `${place}.damaged.jsonl`,
  };
}

/** The journal of one document. Each edit is on disk before it counts. */
export class EditJournal {
  readonly #files: FileLayer;
  readonly #file: string;
  #seq: number;
  #begun: boolean;
  #bytes = 0;

  constructor(files: FileLayer, file: string, seq = 0) {
    this.#files = files;
    this.#file = file;
    this.#seq = seq;
    this.#begun = seq > 0;
  }

  get begun(): boolean {
    return this.#begun;
  }

  /** Appends a line. Throws `Failure` `bad-value`, with nothing written, when the journal would become too large. */
  async append(line: Unnumbered<EditLine>): Promise<void> {
    if (line.kind === "step") refuseBeyondRoom(line, this.#bytes);
    const sealed = sealedLine({ seq: this.#seq + 1, ...line });
    // A failed write may still be in the file. The next line has the same number and overrides it.
    await this.#files.appendLine(this.#file, sealed);
    this.#seq += 1;
    this.#bytes += Buffer.byteLength(sealed);
  }

  /** Replaces the whole journal. */
  async rewrite(lines: readonly EditLine[]): Promise<void> {
    const text = lines.map((line) => `${sealedLine(line)}\n`).join("");
    await this.#files.writeAtomic(this.#file, text);
    this.#bytes = Buffer.byteLength(text);
    this.#seq = lines.at(-1)?.seq ?? 0;
    this.#begun = lines.length > 0;
  }

  async remove(): Promise<void> {
    // Reset even if the removal fails: later edits must not follow finished ones.
    this.#seq = 0;
    this.#begun = false;
    this.#bytes = 0;
    await this.#files.remove(this.#file);
  }
}

/** Returns the rows of the original file. */
export function rowsOf({ base }: EditJournalText): RowOrder {
  return new RowOrder(base.rows);
}
