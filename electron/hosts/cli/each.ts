import { Failure, failureDetail } from "../../../shared/domain/failure.ts";
import { exitCodeOf } from "../../../shared/schema/failure.ts";
import type { CommandContext } from "./context.ts";

/**
 * Does something for one version after the other. One version alone: its failure is the command's. With several, a
 * failed one is reported in its place and the next begins, unless `stopOnError`; the exit code is the first failure's.
 * A cancel always ends it.
 */
export async function each<Done, Failed>(
  context: CommandContext,
  versions: readonly string[],
  stopOnError: boolean,
  work: {
    run(version: string): Promise<Done>;
    failed(version: string, status: "failed" | "cancelled", reason: string): Failed;
  },
): Promise<{ done: (Done | Failed)[]; exitCode: number }> {
  if (versions.length === 0) {
    throw new Failure("missing", "there is no version to work on in this workspace", {
      hint: "`namewright workspace info` shows what it holds; `workspace init DIR --from-sample` makes one with a dataset.",
    });
  }
  const done: (Done | Failed)[] = [];
  let exitCode = 0;
  for (const version of versions) {
    try {
      done.push(await work.run(version));
    } catch (error) {
      if (versions.length === 1) throw error;
      const { code, message } = failureDetail(error);
      if (code === "cancelled" || code === "defect") throw error;
      context.progress.warn(`${version}: ${message}`);
      done.push(work.failed(version, "failed", message));
      exitCode ||= exitCodeOf[code];
      if (stopOnError) break;
    }
  }
  return { done, exitCode };
}
