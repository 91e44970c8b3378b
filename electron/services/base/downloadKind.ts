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

/** How often progress is written down, in milliseconds. */
const tellMs = 1000;

const PlanSchema = z.object({ revision: z.string() });
const planKey = "plan";

/** The commit that an earlier attempt began with: a branch may have moved since, and files are not to be mixed. */
function plannedRevision(previous: readonly JournalEntry[]): string | null {
  for (const { event } of previous.toReversed()) {
    if (event.kind === "row" && event.key === planKey) return PlanSchema.parse(event.data).revision;
  }
  return null;
}

/** Bytes, their pace and what is left, told at most once a second. */
function tellingProgress(context: RunContext): DownloadProgress {
  let first: { bytes: number; at: number } | null = null;
  let told = Number.NEGATIVE_INFINITY;
  return {
    onPlan: ({ revision, files, bytes }) =>
      void context.emit({ kind: "row", key: planKey, data: { revision, files, bytes } }),
    onFile: (name) => void context.emit({ kind: "stage", stage: "download", detail: name }),
    onRetry: (reason) =>
      void context.emit({ kind: "warning", code: "download", message: `${reason}; trying again` }),
    onBytes: (done, total) => {
      const now = performance.now();
      first ??= { bytes: done, at: now };
      if (now - told < tellMs && done < total) return;
      told = now;
      const pace = (done - first.bytes) / (now - first.at);
      const etaSeconds = pace > 0 ? Math.round((total - done) / pace / 1000) : null;
      void context.emit({ kind: "progress", done, total, unit: "bytes", etaSeconds });
    },
  };
}

/** A model from Hugging Face as a run: in the tray, cancelled and resumed like any other. */
export function downloadKind(downloads: Downloads): RunKindDefinition<DownloadRequest, DownloadResult> {
  return {
    kind: "download",
    spec: DownloadRequestSchema,
    result: DownloadResultSchema,
    title: ({ id, revision }) => `download ${id}${revision === "main" ? "" : ` at ${revision}`}`,
    body: ({ id, revision }, context) =>
      downloads.fetch(
        { id, revision: plannedRevision(context.previous) ?? revision },
        context.signal,
        tellingProgress(context),
      ),
  };
}
