import type { RunNotice } from "../../services/platform.ts";
import type { Dialogs } from "./dialogs.ts";

export type LeavingChoice = "stop" | "background" | "stay";

const choices: readonly LeavingChoice[] = ["stop", "background", "stay"];

/** Asks what becomes of the runs that go. */
export async function askAboutRuns(
  dialogs: Pick<Dialogs, "ask">,
  live: readonly RunNotice["run"][],
): Promise<LeavingChoice> {
  const one = live.length === 1;
  const pressed = await dialogs.ask({
    type: "question",
    title: "Namewright",
    message: one ? `“${live[0]?.title}” is still running.` : `${live.length} runs are still going.`,
    detail: [
      "Stopped now, it goes on later from its last checkpoint or row, and nothing is paid for twice.",
      "In the background it runs to its end behind an icon in the tray; then Namewright quits. Starting Namewright again brings the window back.",
    ].join("\n"),
    buttons: ["Stop and resume later", "Keep running in the background", "Cancel"],
    defaultId: 0,
    cancelId: 2,
    noLink: true,
  });
  return choices[pressed] ?? "stay";
}

export interface LeavingSteps {
  live(): readonly RunNotice["run"][];
  ask(): Promise<LeavingChoice>;
  toBackground(): void;
  fromBackground(): void;
  /** Stops what runs, keeps what must be kept. */
  close(): Promise<void>;
  /** Ends the program; what asks again then is let go. */
  end(): void;
}

/** How the program ends: at once where nothing runs, else as the person chooses. */
export class Leaving {
  #state: "open" | "asking" | "background" | "closing" | "closed" = "open";
  /** While it asks: what it is once the question is answered with staying. */
  #afterwards: "open" | "background" = "open";
  readonly #steps: LeavingSteps;

  constructor(steps: LeavingSteps) {
    this.#steps = steps;
  }

  /** Everything is stopped: whoever wants to close or quit may. */
  get closed(): boolean {
    return this.#state === "closed";
  }

  /** Somebody wants to quit. */
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

  /** The window is wanted again: also while the tray's question stands, and then whatever is answered to it. */
  comeBack(): void {
    if (this.#state === "background") this.#state = "open";
    else if (this.#state === "asking" && this.#afterwards === "background") this.#afterwards = "open";
    else return;
    this.#steps.fromBackground();
  }

  /** A run has ended: in the background the last one takes the program with it. */
  async runsChanged(): Promise<void> {
    if (this.#state === "background" && this.#steps.live().length === 0) await this.close();
  }

  /** Stops and ends, without a question. */
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
