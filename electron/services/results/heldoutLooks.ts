import {
  budgetOf,
  defaultLookBudget,
  lookStatus,
  looksAt,
  placeOf,
  usedRowsOf,
} from "../../../shared/domain/comparison/looks.ts";
import type { Looks } from "../../../shared/schema/comparison.ts";
import {
  type HeldoutLook,
  type LookEntry,
  LookEntrySchema,
  type LookStatus,
} from "../../../shared/schema/looks.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { systemCode } from "../files/primitives.ts";
import { sha256 } from "../hashing/hashing.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { openingLooks, sameDecision } from "./heldoutOpenings.ts";
import type { Look } from "./look.ts";

/**
 * Counts how often the held-out rows were used, in `data/heldout-looks.jsonl`. The file is in git, and only lines are
 * added to it, so copies of the workspace that are merged count together.
 */
export interface HeldoutLooks {
  /**
   * Records a look, unless the same one was recorded before, and returns its place. Null when it isn't counted: in the
   * sample. In a workspace that can't be written, it is the next one, so that what was recorded still counts. The first
   * look fixes the budget: `budget`, or the configured one.
   * @throws Failure `missing` when another process doesn't release the workspace's lock in time
   */
  record(look: Look, budget?: number): Promise<Looks | null>;
  /** Returns the place of a look; null when it wasn't recorded. */
  find(look: Look): Promise<Looks | null>;
  /** Returns all looks at a test set, oldest first. */
  at(testSet: string, rows: readonly string[] | null): Promise<HeldoutLook[]>;
  /** Returns the hashes of all descriptions that looks at these rows used; null: not all are known. */
  usedRows(testSet: string, rows: readonly string[]): Promise<string[] | null>;
  /** Returns how a test set was used; null in the sample. */
  status(testSet: string, rows: readonly string[] | null): Promise<LookStatus | null>;
}

export function createHeldoutLooks({
  files,
  workspace,
  now,
}: {
  readonly files: Pick<FileLayer, "appendLine" | "exists" | "readText">;
  readonly workspace: Workspace;
  readonly now: () => Date;
}): HeldoutLooks {
  const { heldoutLooks: file, state } = workspace.paths;
  const configured = () => workspace.config.decision?.lookBudget ?? defaultLookBudget;

  /** Returns the lines of the file, and the looks of the earlier counter that aren't in it yet. */
  async function read(): Promise<{ entries: LookEntry[]; older: HeldoutLook[] }> {
    const entries = (await files.exists(file)) ? entriesIn(await files.readText(file)) : [];
    const known = new Set(entries.map((entry) => (entry.kind === "rows" ? "" : entry.id)));
    return { entries, older: (await openingLooks(files, state)).filter(({ id }) => !known.has(id)) };
  }
  async function entriesNow(): Promise<LookEntry[]> {
    const { entries, older } = await read();
    return [...entries, ...older];
  }
  function placeIn(entries: readonly LookEntry[], look: Look): Looks | null {
    const looks = looksAt(entries, countedRows(look));
    const known = looks.findLast((one) => isSame(one, look, looks));
    return known === undefined ? null : placeOf(looks, known.id, configured());
  }
  async function write(look: Look, asked: number): Promise<Looks | null> {
    const { entries, older } = await read();
    const before = placeIn([...entries, ...older], look);
    if (before !== null) return before;
    const counted = countedRows(look);
    const budget = budgetOf(looksAt([...entries, ...older], counted), asked);
    const lines: LookEntry[] = [...older];
    if (!entries.some((entry) => entry.kind === "rows" && entry.testSet === counted.testSet))
      lines.push({ kind: "rows", testSet: counted.testSet, rows: [...counted.rows] });
    lines.push(entryOf(look, now().toISOString(), budget));
    for (const line of lines) await files.appendLine(file, JSON.stringify(line));
    return placeIn([...entries, ...lines], look);
  }
  const find = async (look: Look) => (workspace.sample ? null : placeIn(await entriesNow(), look));
  return {
    find,
    async record(look, budget = configured()) {
      if (workspace.sample) return null;
      try {
        return (await find(look)) ?? (await workspace.writing("count a look", () => write(look, budget)));
      } catch (error) {
        if (!isUnwritable(error)) throw error;
        const looks = looksAt(await entriesNow(), countedRows(look));
        return { used: looks.length + 1, budget: budgetOf(looks, budget) };
      }
    },
    at: async (testSet, rows) => looksAt(await entriesNow(), { testSet, rows }),
    usedRows: async (testSet, rows) => usedRowsOf(await entriesNow(), { testSet, rows }),
    status: async (testSet, rows) =>
      workspace.sample ? null : lookStatus(await entriesNow(), { testSet, rows }, configured()),
  };
}

/** Returns the hash that stands for a description among the held-out rows. 48 bits: a million rows rarely collide. */
export function rowHash(description: string): string {
  return sha256(description.trim().toLowerCase().replace(/\s+/g, " ")).slice(0, 12);
}

function countedRows(look: Look) {
  const { testSet, rows } = look.kind === "decision" ? look.of : look;
  return { testSet, rows };
}

/** Returns whether a recorded look is this one. A reading is known when each of its runs was read before. */
function isSame(known: HeldoutLook, look: Look, looks: readonly HeldoutLook[]): boolean {
  if (look.kind === "decision")
    return known.kind === "decision" && (known.id === idOf(look) || sameDecision(known, look));
  if (known.kind !== "reading" || !look.runs.some((run) => known.runs?.includes(run))) return false;
  const read = looks.flatMap((one) => (one.kind === "reading" ? (one.runs ?? []) : []));
  return look.runs.every((run) => read.includes(run));
}

/** The ID depends on what was seen, not on order, names or settings. */
function idOf(look: Look): string {
  const seen = look.kind === "decision" ? look.of.results : look.runs;
  return sha256([look.kind, ...[...seen].sort()].join("\n")).slice(0, 16);
}

function entryOf(look: Look, at: string, budget: number): HeldoutLook {
  const { baseline, candidate } = look;
  const line = { id: idOf(look), at, testSet: countedRows(look).testSet, budget, baseline, candidate };
  return look.kind === "decision"
    ? { kind: "decision", ...line, results: look.of.results }
    : { kind: "reading", ...line, runs: [...look.runs] };
}

/** Skips lines that were torn by a power cut and the markers of a merge conflict, and keeps the lines around them. */
function entriesIn(text: string): LookEntry[] {
  return text.split("\n").flatMap((line) => {
    try {
      return LookEntrySchema.safeParse(JSON.parse(line)).data ?? [];
    } catch {
      return [];
    }
  });
}

function isUnwritable(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return [error, cause].some((one) => ["EROFS", "EACCES", "EPERM"].includes(systemCode(one)));
}
