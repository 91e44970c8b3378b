import type { TestContext } from "vitest";

declare module "vitest" {
  interface TaskMeta {
    /** The reason that the summary of `npm test` shows: Vitest's JSON report leaves out its own note. */
    skipReason?: string;
  }
}

/** Skips the running test and says why. */
export function skipBecause({ task, skip }: TestContext, reason: string): void {
  task.meta.skipReason = reason;
  skip(reason);
}
