import { Failure } from "../../../shared/domain/failure.ts";
import { rowSeed } from "../../../shared/domain/generation/seed.ts";
import { mulberry32, pickSome } from "../../../shared/domain/random.ts";
import { createCellSource, needsTrade } from "../../../shared/domain/rowPlan/cells.ts";
import { fewestTrades, tradesFor, usableTrades } from "../../../shared/domain/rowPlan/trades.ts";
import type { AugmentationStep, WriterReport } from "../../../shared/schema/augmentation.ts";
import type { DatasetRow } from "../../../shared/schema/dataset.ts";
import type { RowCell, Trade } from "../../../shared/schema/rowCell.ts";
import { spendingEvent, spentInAll } from "../evaluation/rowJournal.ts";
import type { RunContext } from "../run/runKind.ts";
import { createNewRowCheck } from "./newRowCheck.ts";
import { type WrittenCells, writeCells } from "./writeCells.ts";
import { type WriterSession, writerLimitReached } from "./writerSession.ts";

export interface TwoStageRequest {
  readonly session: WriterSession;
  readonly steps: readonly AugmentationStep[];
  readonly seed: number;
  readonly omit: readonly string[];
  /** The dataset that the rows extend, of which examples are shown to the LLM. */
  readonly dataset: readonly DatasetRow[];
  /** Descriptions that the rows must not leak. */
  readonly others: readonly string[];
  readonly context: Pick<RunContext, "emit" | "signal" | "runId" | "previous">;
}

/** How often the trades are asked for before the run fails. */
const tradeAsks = 3;
/** Rows of the dataset that a request shows. */
const examplesShown = 4;

/** Asks for the trades that the cells are about. Without a cell that needs one, nothing is asked. */
async function planTrades({ session, steps, seed, omit, context }: TwoStageRequest): Promise<Trade[]> {
  const rows = steps.filter(needsTrade).reduce((sum, { count }) => sum + count, 0);
  if (rows === 0) return [];
  let problem = "";
  for (let ask = 1; ask <= tradeAsks; ask++) {
    const asked = { key: `trades.${ask}`, seed: rowSeed(seed, "trades", ask), signal: context.signal };
    const reply = await session.writer.trades(tradesFor(rows), omit, asked);
    if (reply.kind === "unusable" && reply.reason === "budget") {
      throw writerLimitReached(session.meter, context.runId);
    }
    const trades = reply.kind === "written" ? usableTrades(reply.content, omit) : [];
    if (trades.length >= fewestTrades) return trades;
    problem =
      reply.kind === "written"
        ? `${trades.length} usable trades of ${reply.content.length}, at least ${fewestTrades} needed`
        : `${reply.reason}: ${reply.detail}`;
    await context.emit({ kind: "warning", code: "writer", message: `trades, request ${ask}: ${problem}` });
  }
  throw new Failure(
    "service-refused",
    `the LLM listed no usable trades in ${tradeAsks} replies: ${problem}`,
    {
      hint: "Use a larger model (NAMEWRIGHT_JUDGE_MODEL), or omit fewer topics. No rows were written.",
    },
  );
}

/** Draws examples of a cell's kind from the whole dataset, by the seed. */
function examplesFrom(dataset: readonly DatasetRow[], seed: number) {
  const refusals = dataset.filter(({ suggestions }) => suggestions.length === 0);
  const answers = dataset.filter(({ suggestions }) => suggestions.length > 0);
  return ({ id, kind }: RowCell): DatasetRow[] =>
    pickSome(mulberry32(rowSeed(seed, id, 0)), kind === "refusal" ? refusals : answers, examplesShown);
}

/**
 * Writes the rows of a plan: first one call for trades, then one to three rows per cell of trade, owner, region, tone,
 * length, constraint and edge. The seed decides plan, examples and order.
 * @throws Failure `check-failed` at a spending limit, `service-refused` when the LLM gives no usable trades, `cancelled`
 */
export async function writeInTwoStages(request: TwoStageRequest): Promise<WrittenCells & WriterReport> {
  const { session, steps, seed, omit, dataset, others, context } = request;
  try {
    await context.emit({ kind: "stage", stage: "plan" });
    const trades = await planTrades(request);
    const source = createCellSource(mulberry32(seed), trades, omit);
    const cells = steps.flatMap((step) => source.cellsOf(step));
    const meaning = session.sameMeaning([...dataset.map(({ description }) => description), ...others]);
    const check = createNewRowCheck({ dataset, others, omit, meaning });
    const examplesOf = examplesFrom(dataset, seed);
    const written = await writeCells(cells, { session, check, source, seed, omit, examplesOf, context });
    const spending = spentInAll(context.previous, session.meter.spending());
    return { ...written, embeddings: meaning.check(), spending };
  } finally {
    await context.emit(spendingEvent(session.meter.spending()));
  }
}
