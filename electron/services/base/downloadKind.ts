import { z } from "zod";
import {
  type DownloadRequest,
  DownloadRequestSchema,
  type DownloadResult,
  DownloadResultSchema,
} from "../../../shared/schema/base.ts";
import type { JournalEntry } from "../../../shared/schema/run.ts";
import type { RunContext, RunKindDefinition } from "../run/runKind.ts";
import type { DownloadProgress, Downloads } from "./downloads.ts";

/** How often progress is recorded, in milliseconds. */
const tellMs = 1000;

const PlanSchema = z.object({ revision: z.string() });
const planKey = "plan";

/** Returns the commit of an earlier attempt. The branch may have moved since, and files of two commits must not mix. */
function plannedRevision(previous: readonly JournalEntry[]): string | null {
  for (const { event } of previous.toReversed()) {
    if (event.kind === "row" && event.key === planKey) return PlanSchema.parse(event.data).revision;
  }
  return null;
}

/** Emits bytes and remaining time at most once a second, and never later than a second after a change. */
function tellingProgress(context: RunContext): { progress: DownloadProgress; end(): void } {
  let first: { bytes: number; at: number } | null = null;
  let latest = { done: 0, total: 0 };
  let told = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;
  const tell = (): void => {
    clearTimeout(timer);
    timer = undefined;
    told = performance.now();
    const { done, total } = latest;
    first ??= { bytes: done, at: told };
    const pace = (done - first.bytes) / (told - first.at);
    const etaSeconds = pace > 0 ? Math.round((total - done) / pace / 1000) : null;
    void context.emit({ kind: "progress", done, total, unit: "bytes", etaSeconds });
  };
  const progress: DownloadProgress = {
    onPlan: ({ revision, files, bytes }) => {
      void context.emit({ kind: "row", key: planKey, data: { revision, files, bytes } });
      void context.emit({ kind: "stage", stage: "download" });
    },
    onFile: (name) => context.log(`downloading ${name}\n`),
    onRetry: (reason) =>
      void context.emit({ kind: "warning", code: "download", message: `${reason}; retrying` }),
    onBytes: (done, total) => {
      latest = { done, total };
      const wait = tellMs - (performance.now() - told);
      if (wait <= 0 || done === total) tell();
      else timer ??= setTimeout(tell, wait);
    },
  };
  return { progress, end: () => clearTimeout(timer) };
}

/** Returns the run kind for downloading a model from Hugging Face. */
export function downloadKind(downloads: Downloads): RunKindDefinition<DownloadRequest, DownloadResult> {
  return {
    kind: "download",
    spec: DownloadRequestSchema,
    result: DownloadResultSchema,
    title: ({ id, revision }) => `download ${id}${revision === "main" ? "" : ` at ${revision}`}`,
    async body({ id, revision }, context) {
      const { progress, end } = tellingProgress(context);
      try {
        const pinned = plannedRevision(context.previous) ?? revision;
        return await downloads.fetch({ id, revision: pinned }, context.signal, progress);
      } finally {
        end();
      }
    },
  };
}
