import { Failure, failureFrom } from "../../../shared/domain/failure.ts";
import { formatCount } from "../../../shared/domain/format/count.ts";
import { formatDuration } from "../../../shared/domain/format/duration.ts";
import { formatNumber, formatShare } from "../../../shared/domain/format/number.ts";
import { stageWords } from "../../../shared/domain/run/stages.ts";
import type { Run, RunEvent } from "../../../shared/schema/run.ts";
import { onAbort } from "../../services/async/abort.ts";
import type { Client, CommandContext } from "./context.ts";

function numberOf(value: unknown): number | null {
  return typeof value === "number" ? value : null;
}

/** Shows the events of a run on standard error as they arrive. */
export class RunView {
  readonly #context: CommandContext;
  readonly #label: string;
  #unit = "";

  constructor(context: CommandContext, label: string) {
    this.#context = context;
    this.#label = label;
  }

  show(event: RunEvent): void {
    const { progress } = this.#context;
    if (event.kind === "stage") {
      this.#unit = stageWords(event.stage);
      progress.note(`${this.#label}: ${this.#unit}${event.detail === undefined ? "" : ` (${event.detail})`}`);
    } else if (event.kind === "progress") {
      progress.show({ ...event, label: this.#unit === "" ? this.#label : `${this.#label}: ${this.#unit}` });
    } else if (event.kind === "warning") {
      progress.warn(event.message);
    } else if (event.kind === "status" && event.status === "queued" && event.reason !== undefined) {
      progress.note(`${this.#label}: ${event.reason}`);
    } else if (event.kind === "status" && event.status === "paused") {
      progress.note(`${this.#label}: paused`);
    } else if (event.kind === "trainer") {
      this.#trainer(event.event);
    }
  }

  #trainer(event: Record<string, unknown>): void {
    const { progress } = this.#context;
    const step = numberOf(event.step);
    const total = numberOf(event.maxSteps);
    if (event.kind === "stage") {
      progress.note(`${this.#label}: ${stageWords(String(event.stage))}`);
    } else if (event.kind === "step" && step !== null && total !== null) {
      const loss = numberOf(event.loss);
      const speed = numberOf(event.tokensPerSecond);
      progress.show({
        label: `${this.#label}: training`,
        done: step,
        total,
        unit: "steps",
        etaSeconds: numberOf(event.etaSeconds),
        detail: [
          loss === null ? "" : `loss ${formatNumber(loss)}`,
          speed === null ? "" : `${formatCount(speed)} tokens/s`,
        ].join("  "),
      });
    } else if (event.kind === "evaluation") {
      const epoch = formatNumber(numberOf(event.epoch), 0);
      progress.note(
        `${this.#label}: epoch ${epoch}  eval loss ${formatNumber(numberOf(event.evalLoss))}` +
          `  validation: refusal recall ${formatShare(numberOf(event.refusalRecall))}, well-formed ${formatShare(numberOf(event.wellFormedShare))}`,
      );
    } else if (event.kind === "early-stop") {
      progress.note(`${this.#label}: stopped early; the best checkpoint is kept`);
    } else if (event.kind === "warning") {
      progress.warn(String(event.message));
    }
  }
}

/**
 * Follows a run to its end and returns its unparsed result.
 * Throws `Failure` with the reason and how to resume if the run doesn't succeed.
 */
export async function follow(
  context: CommandContext,
  client: Client,
  run: Run,
  label: string,
): Promise<unknown> {
  const view = new RunView(context, label);
  const began = performance.now();
  const forget = onAbort(context.signal, () => void client.run.cancel({ id: run.id }).catch(() => {}));
  try {
    for await (const { entries } of await client.run.watch({ id: run.id, from: 0 })) {
      for (const { event } of entries) view.show(event);
    }
  } finally {
    forget();
  }
  const { run: ended, result } = await client.run.show({ id: run.id });
  if (ended.status === "succeeded") {
    context.progress.note(`${label}: done in ${formatDuration((performance.now() - began) / 1000)}`);
    return result;
  }
  const resume = `To resume, run: namewright runs resume ${run.id}`;
  if (ended.status === "cancelled")
    throw new Failure("cancelled", `run ${run.id} was cancelled`, { hint: resume });
  if (ended.status === "paused")
    throw new Failure("cancelled", `run ${run.id} is paused at its last checkpoint`, { hint: resume });
  if (ended.failure !== null) throw failureFrom({ ...ended.failure, hint: ended.failure.hint ?? resume });
  throw new Failure("defect", ended.reason ?? `run ${run.id} is ${ended.status}`, { hint: resume });
}
