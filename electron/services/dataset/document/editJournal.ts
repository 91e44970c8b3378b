import path from "node:path";
import { z } from "zod";
import { RowOrder } from "../../../../shared/domain/dataset/rowOrder.ts";
import { ChangeSchema, RowIdSchema } from "../../../../shared/schema/document.ts";
import type { FileLayer } from "../../files/fileLayer.ts";
import { sealedLine, unsealedLine } from "../../run/journal.ts";
import type { Workspace } from "../../workspace/workspace.ts";

const SeqSchema = z.number().int().positive();

/** The first line: which bytes the edits lie over, and which rows of the document they are. */
const BaseLineSchema = z.strictObject({
  seq: SeqSchema,
  kind: z.literal("base"),
  sha256: z.string(),
  header: z.array(z.string()),
  rows: z.array(z.strictObject({ first: RowIdSchema, count: z.number().int().positive() })),
});

/** One step, with the cells in the file of the rows that it is the first to touch: so that it can be made elsewhere. */
const StepLineSchema = z.strictObject({
  seq: SeqSchema,
  kind: z.literal("step"),
  how: z.enum(["do", "undo", "redo"]),
  label: z.string(),
  changes: z.array(ChangeSchema),
  file: z.array(z.tuple([RowIdSchema, z.array(z.string())])),
});

/** The document is about to be put in its file's place; `sha256` of what it will be. */
const SavingLineSchema = z.strictObject({ seq: SeqSchema, kind: z.literal("saving"), sha256: z.string() });

const LineSchema = z.discriminatedUnion("kind", [BaseLineSchema, StepLineSchema, SavingLineSchema]);
export type EditLine = z.infer<typeof LineSchema>;
export type StepLine = z.infer<typeof StepLineSchema>;
type Unnumbered<Line> = Line extends unknown ? Omit<Line, "seq"> : never;

/** What a journal holds. `lost`: lines that could not be read. */
export interface EditJournalText {
  readonly base: z.infer<typeof BaseLineSchema>;
  readonly steps: readonly StepLine[];
  /** What saves that were begun would have made of the file. */
  readonly savings: readonly string[];
  readonly lost: number;
}

/**
 * Reads a journal; null where it holds no base, and so nothing. Of two lines with one number the later counts: the
 * earlier one was refused by the disk, and yet stands there.
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

/** The places of a document's edits. */
export interface EditPlaces {
  readonly journal: string;
  /** The file as the edits began with it. */
  readonly base: string;
  /** The same of edits that begin anew, until the journal is theirs. */
  readonly nextBase: string;
  readonly lock: string;
  /** A journal that could be made again only in part. */
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

/** The journal of one document: each edit is on disk before it counts. */
export class EditJournal {
  readonly #files: FileLayer;
  readonly #file: string;
  #seq: number;
  #begun: boolean;

  constructor(files: FileLayer, file: string, seq = 0) {
    this.#files = files;
    this.#file = file;
    this.#seq = seq;
    this.#begun = seq > 0;
  }

  get begun(): boolean {
    return this.#begun;
  }

  async append(line: Unnumbered<EditLine>): Promise<void> {
    // A number is used up only by a line that counts: one that was refused and stands there is overruled by the next.
    await this.#files.appendLine(this.#file, sealedLine({ seq: this.#seq + 1, ...line }));
    this.#seq += 1;
  }

  /** Writes it anew, whole: what stood there counts no more. */
  async rewrite(lines: readonly EditLine[]): Promise<void> {
    await this.#files.writeAtomic(this.#file, lines.map((line) => `${sealedLine(line)}\n`).join(""));
    this.#seq = lines.at(-1)?.seq ?? 0;
    this.#begun = lines.length > 0;
  }

  async remove(): Promise<void> {
    // Also where the disk refuses: what goes on must not go on behind edits that are done with.
    this.#seq = 0;
    this.#begun = false;
    await this.#files.remove(this.#file);
  }
}

/** The rows that the file held when the journal was begun. */
export function rowsOf({ base }: EditJournalText): RowOrder {
  return new RowOrder(base.rows);
}
