import type { RunNotice } from "../../services/platform.ts";
import type { Dialogs } from "./dialogs.ts";

export type QuitChoice = "stop" | "background" | "stay";

const choices: readonly QuitChoice[] = ["stop", "background", "stay"];

/** Asks whether to stop running jobs, keep them in the background or cancel quitting. */
export async function askAboutRuns(
  dialogs: Pick<Dialogs, "ask">,
  live: readonly RunNotice["run"][],
): Promise<QuitChoice> {
  const one = live.length === 1;
  const pressed = await dialogs.ask({
    type: "question",
    title: "Namewright",
    message: one ? `“${live[0]?.title}” is still running.` : `${live.length} runs are still running.`,
    detail: [
      "If you stop now, you can resume from the last checkpoint or row. Nothing is paid for twice.",
      "In the background, Namewright stays in the tray and quits when all runs have finished. Start Namewright again to reopen the window.",
    ].join("\n"),
    buttons: ["Stop and resume later", "Keep running in the background", "Cancel"],
    defaultId: 0,
    cancelId: 2,
    noLink: true,
  });
  return choices[pressed] ?? "stay";
}

export interface QuitSteps {
  live(): readonly RunNotice["run"][];
  ask(): Promise<QuitChoice>;
  toBackground(): void;
  fromBackground(): void;
  /** Stops runs so that they can be resumed, and saves the state. */
  close(): Promise<void>;
  /** Ends the program. Later requests to quit are not held back. */
  end(): void;
}

/** Controls how the program quits: immediately if nothing is running, otherwise as the user chooses. */
export class QuitGuard {
  #state: "open" | "asking" | "background" | "closing" | "closed" = "open";
  /** The state to return to if the user cancels the question. */
  #afterwards: "open" | "background" = "open";
  readonly #steps: QuitSteps;

  constructor(steps: QuitSteps) {
    this.#steps = steps;
  }

  /** Whether everything has stopped, so that the window may close and the program may quit. */
  get closed(): boolean {
    return this.#state === "closed";
  }

  /** Handles a request to quit. */
  async request(): Promise<void> {
    if (this.#state === "asking" || this.#state === "closing" || this.#state === "closed") return;
    if (this.#steps.live().length === 0) return this.close();
    this.#afterwards = this.#state;
    this.#state = "asking";
    const choice = await this.#steps.ask();
    if (choice === "stop") return this.close();
    this.#state = this.#afterwards;
    if (choice === "background" && this.#steps.live().length === 0) return this.close();
    if (choice === "background" && this.#afterwards === "open") {
      this.#state = "background";
      this.#steps.toBackground();
    }
  }

  /** Returns from the background, also while the tray's question is open and regardless of its answer. */
  toForeground(): void {
    if (this.#state === "background") this.#state = "open";
    else if (this.#state === "asking" && this.#afterwards === "background") this.#afterwards = "open";
    else return;
    this.#steps.fromBackground();
  }

  /** Handles a change of the runs. In the background, the program quits after the last run. */
  async runsChanged(): Promise<void> {
    if (this.#state === "background" && this.#steps.live().length === 0) await this.close();
  }

  /** Stops runs and quits without asking. */
  async close(): Promise<void> {
    if (this.#state === "closing" || this.#state === "closed") return;
    this.#state = "closing";
    try {
      await this.#steps.close();
    } finally {
      this.#state = "closed";
      this.#steps.end();
    }
  }
}
