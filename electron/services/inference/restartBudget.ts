import { Failure } from "../../../shared/domain/failure.ts";
import type { InferenceEvent } from "../../../shared/schema/worker.ts";
import { deathOf } from "../processes/processDeath.ts";
import type { WorkerGone } from "./workerClient.ts";

/** The maximum number of deaths in a row without progress. */
const mostFruitlessDeaths = 3;

const remedy =
  "A smaller base model, a lower precision, or `DEVICE=cpu` (no GPU) can also help. Finished rows are kept.";

/** Counts how often the process died during one request, and tracks the rows in flight. */
export class RestartBudget {
  readonly #file: string;
  readonly #inFlight = new Set<string>();
  #loading = true;
  #fruitless = 0;
  #restarts = 0;

  /** `file` is the model that the request needs. */
  constructor(file: string) {
    this.#file = file;
  }

  get restarts(): number {
    return this.#restarts;
  }

  loaded(): void {
    this.#loading = false;
  }

  observe(event: InferenceEvent): void {
    if (event.kind === "started") this.#inFlight.add(event.key);
    if (event.kind !== "row" && event.kind !== "forcedResult") return;
    this.#inFlight.delete(event.kind === "row" ? event.row.key : event.result.key);
    this.#fruitless = 0;
  }

  /** Counts a death. Throws `Failure` with the likely cause when another process wouldn't help. */
  recordDeath(gone: WorkerGone): void {
    const death = gone.ending === null ? null : deathOf(gone.ending);
    const what = death === null ? gone.message : `the inference process ${death.what}`;
    this.#fruitless += 1;
    if (death?.worthRetrying === false) {
      throw new Failure(death.code, what, { hint: death.hint, cause: gone });
    }
    if (this.#fruitless >= mostFruitlessDeaths) {
      throw new Failure(death?.code ?? "defect", `${what}, ${this.#fruitless} times ${this.#where()}`, {
        hint: death === null ? remedy : `${death.hint} ${remedy}`,
        file: this.#file,
        cause: gone,
      });
    }
    this.#restarts += 1;
    this.#loading = true;
    this.#inFlight.clear();
  }

  #where(): string {
    if (this.#loading) return "while the model was loading";
    if (this.#inFlight.size === 0) return "without progress, before any row started";
    return `without progress, with these rows in flight: ${[...this.#inFlight].join(", ")}`;
  }
}
