import path from "node:path";
import type { JournalEntry, RunEvent } from "../../../shared/schema/run.ts";
import { openWriterSession } from "../augmentation/writerSession.ts";
import { createFileLayer } from "../files/fileLayer.ts";
import type { SpendingLimits } from "../llm/meter.ts";
import type { Platform } from "../platform.ts";
import type { RunContext } from "../run/runKind.ts";
import { initWorkspace } from "../workspace/workspace.ts";

export interface TestSessionOptions {
  readonly baseUrl: string;
  /** Settings of the environment, besides address and model. */
  readonly settings?: Record<string, string>;
  readonly limits?: SpendingLimits;
  /** The journal of the run's earlier attempts. */
  readonly previous?: readonly JournalEntry[];
}

/** For tests: opens a row writer for a run in a new workspace, and collects the run's events. */
export async function openTestSession(folder: string, options: TestSessionOptions) {
  const files = createFileLayer();
  const settings: Record<string, string> = {
    OPENAI_BASE_URL: options.baseUrl,
    NAMEWRIGHT_JUDGE_MODEL: "scripted",
    ...options.settings,
  };
  const platform = {
    paths: { resources: path.resolve(import.meta.dirname, "../../../resources") },
    secrets: { get: async () => "sk-test-key" },
    setting: (name: string) => settings[name],
  } as unknown as Platform;
  const { workspace } = await initWorkspace(files, path.join(folder, `space-${performance.now()}`), {});
  const events: RunEvent[] = [];
  const context = {
    runId: "run-1",
    emit: async (event: RunEvent) => void events.push(event),
    signal: new AbortController().signal,
    previous: options.previous ?? [],
  } as unknown as RunContext;
  const session = await openWriterSession({ platform, files, workspace }, context, options.limits ?? {});
  return { session, context, events };
}
