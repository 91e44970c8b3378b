import { Failure, failureDetail } from "../../../shared/domain/failure.ts";
import { exitCodeOf } from "../../../shared/schema/failure.ts";
import type { CommandContext } from "./context.ts";

/**
 * Runs work for one version after the other. The failure of a single version is thrown. With several versions, a
 * failure is reported in the version's place and the next version starts, unless `stopOnError` is set. The exit code is
 * that of the first failure. A cancel always ends the work.
 */
export async function forEachVersion<Done, Failed>(
  context: CommandContext,
  versions: readonly string[],
  stopOnError: boolean,
  work: {
    run(version: string): Promise<Done>;
    failed(version: string, status: "failed" | "cancelled", reason: string): Failed;
  },
): Promise<{ done: (Done | Failed)[]; exitCode: number }> {
  if (versions.length === 0) {
    throw new Failure("missing", "this workspace has no versions", {
      hint: "`namewright workspace info` shows the workspace. `namewright workspace init DIR --from-sample` creates one with a dataset.",
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
