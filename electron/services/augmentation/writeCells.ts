import { Failure } from "../../../shared/domain/failure.ts";
import { rowSeed } from "../../../shared/domain/generation/seed.ts";
import { type CellSource, describeCell } from "../../../shared/domain/rowPlan/cells.ts";
import type { RejectedRow, Shortfall, WrittenForSlice } from "../../../shared/schema/augmentation.ts";
import type { DatasetRow } from "../../../shared/schema/dataset.ts";
import type { RowCell } from "../../../shared/schema/rowCell.ts";
import { linkedController } from "../async/abort.ts";
import type { CellRequest, Written } from "../llm/rowWriter.ts";
import type { RunContext } from "../run/runKind.ts";
import type { NewRowCheck } from "./newRowCheck.ts";
import { type WriterSession, writerLimitReached } from "./writerSession.ts";

/** How often a cell is asked for, the first time included. */
const asksPerCell = 4;

export interface CellWork {
  readonly session: WriterSession;
  readonly check: NewRowCheck;
  /** Draws replacements for cells that weren't filled. */
  readonly source: CellSource;
  readonly seed: number;
  readonly omit: readonly string[];
  examplesOf(cell: RowCell): DatasetRow[];
  readonly context: Pick<RunContext, "emit" | "signal" | "runId">;
}

/** Everything that the LLM wrote. Added and missing rows add up to the rows of all cells. */
export interface WrittenCells {
  readonly added: WrittenForSlice[];
  readonly rejected: RejectedRow[];
  readonly missing: Shortfall[];
}

/** A cell with the rows that were written for it. */
interface OpenCell {
  readonly cell: RowCell;
  readonly added: WrittenForSlice[];
  /** Rejected rows of all replies. */
  readonly rejected: RejectedRow[];
  /** Why the last reply left rows missing. */
  reasons: string[];
}

const missingIn = ({ cell, added }: OpenCell): number => cell.count - added.length;

/**
 * Writes the rows of cells. All open cells are asked for at once, and their replies are taken in the order of the plan,
 * so that the result depends on the replies only. A cell with missing rows is asked for again, up to three times, with
 * the reasons. A cell that is still short is replaced once by another cell of its slice.
 * @throws Failure `check-failed` at a spending limit, `service-refused`, `cancelled`
 */
export async function writeCells(cells: readonly RowCell[], work: CellWork): Promise<WrittenCells> {
  const open = (cell: RowCell): OpenCell => ({ cell, added: [], rejected: [], reasons: [] });
  const planned = cells.map(open);
  await fill(planned, planned, work);
  const short = planned.filter((one) => missingIn(one) > 0);
  const replaced = short.map((one) => open(work.source.instead(one.cell, missingIn(one))));
  const filled = planned.filter((one) => missingIn(one) === 0);
  await fill(replaced, [...filled, ...replaced], work);
  const all = [...planned, ...replaced];
  return {
    added: all.flatMap(({ added }) => added),
    rejected: all.flatMap(({ rejected }) => rejected),
    missing: replaced
      .filter((one) => missingIn(one) > 0)
      .map((one) => ({
        slice: one.cell.slice,
        kind: one.cell.kind,
        rows: missingIn(one),
        cell: describeCell(one.cell),
        reasons: one.reasons,
      })),
  };
}

/** Asks for cells until they are full or were asked for often enough. `all` are the cells that progress counts. */
async function fill(cells: readonly OpenCell[], all: readonly OpenCell[], work: CellWork): Promise<void> {
  for (let ask = 1; ask <= asksPerCell; ask++) {
    const waiting = cells.filter((one) => missingIn(one) > 0);
    if (waiting.length === 0) return;
    await work.context.emit({
      kind: "stage",
      stage: "write",
      detail: `${waiting.length} cells, request ${ask}`,
    });
    await askAll(waiting, all, ask, work);
  }
}

async function askAll(
  waiting: readonly OpenCell[],
  all: readonly OpenCell[],
  ask: number,
  work: CellWork,
): Promise<void> {
  const { session, seed, context } = work;
  const { controller, release } = linkedController(context.signal);
  const replies = waiting.map((open) =>
    session.writer.rows(requestOf(open, work), {
      key: `${open.cell.id}.${ask}`,
      seed: rowSeed(seed, open.cell.id, ask),
      signal: controller.signal,
    }),
  );
  const failed = new Promise<never>((_, reject) => {
    for (const reply of replies) reply.catch(reject);
  });
  failed.catch(() => {});
  try {
    for (const [at, open] of waiting.entries()) {
      const reply = await Promise.race([replies[at] as (typeof replies)[number], failed]);
      if (reply.kind === "unusable" && reply.reason === "budget") {
        throw writerLimitReached(session.meter, context.runId);
      }
      await take(open, reply, work);
      const done = all.filter((one) => missingIn(one) === 0).length;
      await context.emit({ kind: "progress", done, total: all.length, unit: "cells", etaSeconds: null });
    }
  } catch (error) {
    // Calls that were sent before a limit are paid for, so their replies are kept.
    if (error instanceof Failure && error.code === "check-failed") await Promise.allSettled(replies);
    throw error;
  } finally {
    controller.abort();
    release();
    await Promise.allSettled(replies);
  }
}

function requestOf(open: OpenCell, { check, omit, examplesOf }: CellWork): CellRequest {
  return {
    cell: open.cell,
    count: missingIn(open),
    omit,
    examples: examplesOf(open.cell),
    rejected: open.rejected.map(({ description, reason }) => ({ description, reason })),
    avoid: check.exhaustedEnds(),
  };
}

/** Adds the rows of a reply that may be added, and lists the others. */
async function take(open: OpenCell, reply: Written<DatasetRow[]>, work: CellWork): Promise<void> {
  const { cell } = open;
  const { check, context } = work;
  if (reply.kind === "unusable") {
    open.reasons = [`${reply.reason}: ${reply.detail}`];
    await context.emit({ kind: "warning", code: "writer", message: `${cell.id}: ${open.reasons[0]}` });
    return;
  }
  open.reasons = reply.content.length === 0 ? ["the reply has no rows"] : [];
  await check.prepare(cell, reply.content, context.signal);
  for (const row of reply.content) {
    const reason = missingIn(open) === 0 ? "more rows than requested" : check.objection(cell, row);
    if (reason === null) {
      check.add(row);
      open.added.push({ row, slice: cell.slice, cell: describeCell(cell), source: reply.model });
    } else {
      open.reasons.push(reason);
      open.rejected.push({ reason, slice: cell.slice, source: reply.model, ...row });
    }
  }
}
