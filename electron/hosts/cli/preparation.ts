import { formatDuration } from "../../../shared/domain/format/duration.ts";
import type { Client, CommandContext } from "./context.ts";

/** Runs a command's work and shows what prepares its base: download, conversion, hash and loading. */
export async function showingPreparation<T>(
  context: Pick<CommandContext, "progress">,
  client: { readonly base: Pick<Client["base"], "watchPreparation"> },
  work: () => Promise<T>,
): Promise<T> {
  const ended = new AbortController();
  const watching = watch(context, client, ended.signal).catch(() => {});
  try {
    return await work();
  } finally {
    ended.abort();
    await watching;
  }
}

async function watch(
  { progress }: Pick<CommandContext, "progress">,
  client: { readonly base: Pick<Client["base"], "watchPreparation"> },
  signal: AbortSignal,
): Promise<void> {
  let noted = "";
  for await (const step of await client.base.watchPreparation(undefined, { signal })) {
    if (signal.aborted) return;
    if (step === null) noted = "";
    else if (step.total > 0) progress.show({ ...step, label: step.text });
    else if (step.text !== noted) {
      noted = step.text;
      const eta = step.etaSeconds === null ? "" : `, about ${formatDuration(step.etaSeconds)}`;
      progress.note(`${step.text}${eta}`);
    }
  }
}
