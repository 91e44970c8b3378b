import type { RunEvent } from "../../schema/run.ts";
import { formatNumber } from "../format/number.ts";
import { progressWords } from "./progressWords.ts";
import { stageWords } from "./stages.ts";

function numberOf(value: unknown): number | null {
  return typeof value === "number" ? value : null;
}

/** One entry of a journal in a line. */
export function eventWords(event: RunEvent): string {
  switch (event.kind) {
    case "status":
      return event.reason === undefined ? event.status : `${event.status}: ${event.reason}`;
    case "stage":
      return `${stageWords(event.stage)}${event.detail === undefined ? "" : ` (${event.detail})`}`;
    case "progress":
      return progressWords(event);
    case "row":
      return rowWords(event.key);
    case "warning":
      return event.message;
    case "result":
      return "result";
    case "trainer":
      return trainerWords(event.event);
  }
}

/** A row's key says what was done to which row and sample (`judged:7.0`), or is the row's number alone. */
function rowWords(key: string): string {
  const [, done, row, sample] = /^(\w+):(\d+)\.(\d+)$/.exec(key) ?? [];
  if (done === undefined) return `row ${key}`;
  return `row ${row} ${done}${sample === "0" ? "" : `, sample ${Number(sample) + 1}`}`;
}

function trainerWords(event: Record<string, unknown>): string {
  switch (event.kind) {
    case "stage":
      return stageWords(String(event.stage));
    case "step":
      return `step ${String(event.step)} of ${String(event.maxSteps)}, loss ${formatNumber(numberOf(event.loss))}`;
    case "evaluation":
      return `evaluation after epoch ${formatNumber(numberOf(event.epoch), 1)}, eval loss ${formatNumber(numberOf(event.evalLoss), 4)}`;
    case "checkpoint":
      return `checkpoint at step ${String(event.step)}`;
    case "warning":
    case "error":
      return String(event.message);
    default:
      return String(event.kind).replaceAll("-", " ");
  }
}
