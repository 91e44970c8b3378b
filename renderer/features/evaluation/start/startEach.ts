import { joinWords } from "../labels.ts";
import { messages } from "../messages.ts";

/** The started runs. Runs started before a failure continue. */
export interface Started<Run> {
  readonly runs: readonly Run[];
  readonly failure: {
    readonly error: unknown;
    readonly title: string;
    readonly left: readonly string[];
  } | null;
}

/** Starts one run per version, in order, and stops at the first that can't be started. */
export async function startEach<Run>(
  versions: readonly string[],
  start: (version: string) => Promise<Run>,
): Promise<Started<Run>> {
  const runs: Run[] = [];
  for (const [at, version] of versions.entries()) {
    try {
      runs.push(await start(version));
    } catch (error) {
      const left = versions.slice(at);
      return { runs, failure: { error, title: titleOf(versions.slice(0, at), left), left } };
    }
  }
  return { runs, failure: null };
}

function titleOf(started: readonly string[], left: readonly string[]): string {
  if (started.length === 0) return messages.start.nothingStarted;
  return messages.start.partlyStarted(joinWords(started), joinWords(left));
}
