import { list } from "../words.ts";

/** What came of starting several: those before the failure go on. */
export interface Started<Run> {
  readonly runs: readonly Run[];
  readonly failure: {
    readonly error: unknown;
    readonly title: string;
    readonly left: readonly string[];
  } | null;
}

/** Starts one run a version, in order; the first that cannot be started ends it. */
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
  if (started.length === 0) return "Nothing was started";
  const was = ({ length }: readonly string[]) => (length === 1 ? "was" : "were");
  return `${list(started)} ${was(started)} started; ${list(left)} ${was(left)} not`;
}
