import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import type { AugmentationStep } from "../../../shared/schema/augmentation.ts";
import type { RunEvent } from "../../../shared/schema/run.ts";
import { userDataFolder } from "../environment/folders.mjs";
import { PaidReplySchema } from "../llm/rowWriter.ts";
import { baseGguf } from "../testing/engineFixtures.ts";
import { openTestSession } from "../testing/rowWriting.ts";
import { writeInTwoStages } from "./twoStageWriter.ts";

// A reply takes seconds on a quiet machine, and minutes beside other tests.
vi.setConfig({ testTimeout: 540_000 });

const serverFile = path.resolve(import.meta.dirname, "../../../e2e/llm-server.mjs");

/** Returns the converted SmolLM2 in the data folder, or null. */
function smollm2(): string | null {
  const userData = userDataFolder({ env: process.env, platform: process.platform, home: homedir() });
  const folder = path.join(userData, "gguf");
  const found = existsSync(folder)
    ? readdirSync(folder).find((name) => /^smollm2-.*\.gguf$/.test(name))
    : undefined;
  return found === undefined ? null : path.join(folder, found);
}

const models = [
  { name: "the embedded base", gguf: existsSync(baseGguf) ? baseGguf : null, refusals: 2, neighbours: 1 },
  { name: "SmolLM2", gguf: smollm2(), refusals: 1, neighbours: 0 },
];

let folder: string;
let server: ChildProcess | undefined;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "real-endpoint-"));
});
afterEach(async () => {
  server?.kill();
  await rm(folder, { recursive: true, force: true });
});

/** Starts a server with this model and returns its base URL. */
async function serve(gguf: string): Promise<string> {
  const child = spawn(process.execPath, [serverFile, gguf], { stdio: ["ignore", "pipe", "inherit"] });
  server = child;
  for await (const line of createInterface(child.stdout)) {
    const url = /^OPENAI_BASE_URL=(.+)$/.exec(line)?.[1];
    if (url !== undefined) return url;
  }
  throw new Error("the server ended before it listened");
}

const RowsSchema = z.strictObject({ rows: z.array(z.unknown()) });

/** Counts the rows in the replies that a run journaled. */
function rowsInReplies(events: readonly RunEvent[]): number {
  return events
    .flatMap((event) => (event.kind === "row" && event.key.startsWith("reply:cell") ? [event.data] : []))
    .map((reply) => PaidReplySchema.parse(reply))
    .map((reply) => (reply.kind === "text" ? RowsSchema.parse(JSON.parse(reply.text)).rows.length : 0))
    .reduce((sum, rows) => sum + rows, 0);
}

describe.each(models)("a real endpoint with $name (skipped without the model)", (model) => {
  it.skipIf(model.gguf === null)(
    "replies to both stages, and every row is added or has a reason",
    async () => {
      const baseUrl = await serve(model.gguf ?? "");
      const settings = { NAMEWRIGHT_JUDGE_REPLY_TIMEOUT: "300" };
      const { session, context, events } = await openTestSession(folder, { baseUrl, settings });
      const asked = { key: "trades.1", seed: 1, signal: context.signal };
      const trades = await session.writer.trades(16, [], asked);
      expect(trades).toMatchObject({ kind: "written" });
      const phishing = { slice: "phishing", topic: "phishing", constraint: null, length: null } as const;
      const steps: AugmentationStep[] = [
        { ...phishing, kind: "refusal" as const, count: model.refusals },
        { ...phishing, kind: "neighbour" as const, count: model.neighbours },
      ].filter(({ count }) => count > 0);
      const request = { session, steps, seed: 1, omit: [], dataset: [], others: [], context };
      const { added, rejected, missing, embeddings, spending } = await writeInTwoStages(request);
      const missingRows = missing.reduce((sum, { rows }) => sum + rows, 0);
      expect(added.length + missingRows).toBe(model.refusals + model.neighbours);
      expect(added.length + rejected.length).toBe(rowsInReplies(events));
      expect(rejected.every(({ reason }) => reason !== "")).toBe(true);
      expect(missing.every(({ reasons }) => reasons.length > 0)).toBe(true);
      expect(embeddings).toMatchObject({ kind: "unavailable" });
      expect(spending).toMatchObject({ cost: null });
      expect(spending?.inputTokens).toBeGreaterThan(0);
      expect(spending?.outputTokens).toBeGreaterThan(0);
    },
  );
});
