import { Failure } from "../../../shared/domain/failure.ts";
import type { InferenceEvent } from "../../../shared/schema/worker.ts";
import type { WorkerGone } from "./workerClient.ts";

/** Deaths in a row without anything finished in between. */
const mostFruitlessDeaths = 3;

/** Counts how often the process died while it served one request, and knows what was in flight. */
export class RestartBudget {
  readonly #inFlight = new Set<string>();
  #fruitless = 0;
  #restarts = 0;

  get restarts(): number {
    return this.#restarts;
  }

  hear(event: InferenceEvent): void {
    if (event.kind === "started") this.#inFlight.add(event.key);
    if (event.kind !== "row" && event.kind !== "forcedResult") return;
    this.#inFlight.delete(event.kind === "row" ? event.row.key : event.result.key);
    this.#fruitless = 0;
  }

  /** One more death. @throws Failure "defect", naming the rows in flight, where there were too many. */
  spend(death: WorkerGone): void {
    this.#fruitless += 1;
    if (this.#fruitless >= mostFruitlessDeaths) {
      const keys = [...this.#inFlight].join(", ");
      const flight = keys === "" ? "before any row had begun" : `with these rows in flight: ${keys}`;
      throw new Failure("defect", `${death.message}, ${this.#fruitless} times without progress, ${flight}`, {
        hint: "the rows finished before are kept; try a smaller context, or GPU off",
        cause: death,
      });
    }
    this.#restarts += 1;
    this.#inFlight.clear();
  }
}
