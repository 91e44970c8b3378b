import type { Command } from "commander";
import { positiveNumber, wholeNumber } from "./values.ts";

/** Adds the limits on what the calls of a command's LLM or judge may cost. */
export function addLimitOptions(command: Command, paid: "LLM" | "judge"): void {
  const stop = "the run then stops and can be resumed";
  command
    .option("--max-calls <n>", `Maximum number of ${paid} calls; ${stop}`, wholeNumber)
    .option("--max-cost <dollars>", `Maximum cost of the ${paid} in USD; ${stop}`, positiveNumber);
}
