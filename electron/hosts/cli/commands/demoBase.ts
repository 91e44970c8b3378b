import type { DemoReport } from "../../../../shared/schema/demo.ts";
import type { Client, CommandContext } from "../context.ts";
import { showingPreparation } from "../preparation.ts";

export type DemoBase = DemoReport["model"];

/**
 * Returns the base that the demo trains on: the asked one, otherwise SmolLM2, which is added if necessary. Where that
 * fails, the demo takes the tiny one and says so.
 * @throws Failure when SmolLM2 was asked for and can't be added
 */
export async function demoBase(context: CommandContext, client: Client, asked: DemoBase | null) {
  if (asked === "tiny") return asked;
  const { signal } = context;
  try {
    await showingPreparation(context, client, () => client.base.add({ base: "smollm2" }, { signal }));
    return "smollm2";
  } catch (error) {
    signal.throwIfAborted();
    if (asked === "smollm2") throw error;
    const reason = error instanceof Error ? error.message : String(error);
    context.progress.note(`SmolLM2 isn't available (${reason}), so this demo uses the tiny base model.`);
    return "tiny";
  }
}
