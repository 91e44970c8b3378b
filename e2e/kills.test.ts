import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tinySample } from "../electron/services/testing/tinySample.ts";
import { makeUserData } from "../electron/services/testing/userData.ts";
import { datasetRows } from "../shared/domain/dataset/read.ts";
import { writeDataset } from "../shared/domain/dataset/write.ts";
import { mulberry32 } from "../shared/domain/random.ts";
import { JournalEntrySchema } from "../shared/schema/run.ts";
import { type JudgeServer, startJudgeServer } from "./judge-server.mjs";
import { judgeAt, resultsIn, testSetWorkspace, until } from "./judge-workspace.ts";
import { type Blow, evaluationSpans, Killing, trainingSpans } from "./support/kills/killing.ts";
import { PaidReplies } from "./support/kills/paid.ts";
import { read, runJson, temporaryFolder } from "./support/namewright.ts";

// kill -9 of the host, the trainer and the inference process, in each stage, at random moments. The seed is fixed here;
// each lap of `npm run soak -- kills` uses another one.
const seed = Number(process.env.NAMEWRIGHT_KILL_SEED ?? 20_261_126);
const withoutSignals = process.platform === "win32" ? "Windows has no kill -9 for a single process" : null;

let temporary: { folder: string; remove(): Promise<void> };
const servers: JudgeServer[] = [];
beforeAll(async () => {
  temporary = await temporaryFolder();
});
afterAll(async () => {
  for (const server of servers) await server.close();
  await temporary.remove();
});
const workspace = (name: string) => path.join(temporary.folder, name);

/** A separate data folder with the real Python environment, so that no other test uses its accelerator. */
async function ownUserData(folder: string): Promise<Record<string, string>> {
  await makeUserData(folder);
  return { NAMEWRIGHT_DATA_DIR: folder };
}

/** About twenty rows of the sample, six of them refusals: enough to train and validate on. */
async function smallWorkspace(folder: string): Promise<string> {
  await mkdir(path.join(folder, "data"), { recursive: true });
  const sample = path.join(tinySample, "data", "dataset_v1.csv");
  const rows = datasetRows(await readFile(sample), sample);
  const answers = rows.filter(({ suggestions }) => suggestions.length > 0).slice(0, 16);
  const refusals = rows.filter(({ suggestions }) => suggestions.length === 0).slice(0, 6);
  await writeFile(path.join(folder, "data", "dataset_v1.csv"), writeDataset([...answers, ...refusals]));
  const config = { schemaVersion: 1, name: "small", base: "embedded", preset: "embedded" };
  await writeFile(path.join(folder, "namewright.json"), JSON.stringify(config));
  return folder;
}

function shuffled<T>(list: readonly T[], from: number): T[] {
  const random = mulberry32(from);
  return [...list]
    .map((value) => ({ value, at: random.next() }))
    .sort((a, b) => a.at - b.at)
    .map(({ value }) => value);
}

const promoted = [
  "adapter/adapter_model.safetensors",
  "adapter/adapter_config.json",
  "adapter.gguf",
  "gate.json",
];

/** Returns everything a training wrote, except its duration and whether it was resumed. */
async function made(folder: string, names: readonly string[] = promoted): Promise<Record<string, unknown>> {
  const bytes = await Promise.all(
    names.map(async (name) => [name, (await read(path.join(folder, name))).toString("base64")]),
  );
  const {
    resumed: _,
    wallSeconds: __,
    evaluations,
    ...record
  } = JSON.parse(await readFile(path.join(folder, "training.json"), "utf8"));
  const timeless = evaluations.map(({ seconds: ___, ...evaluation }: { seconds: number }) => evaluation);
  return { ...Object.fromEntries(bytes), record, evaluations: timeless };
}

/** Returns what killed processes left in a workspace in addition to its files. */
async function leftovers(cwd: string): Promise<string[]> {
  const names = await readdir(cwd, { recursive: true });
  return names.filter((name) => /\.tmp$|\.old$|\.partial$|lock$/.test(name));
}

function tell(killing: Killing, more: string): void {
  const counts = [...killing.counts].map(([what, times]) => `${times} × ${what}`).join(", ");
  process.stdout.write(
    `${killing.kills} kills (${counts}); the longest orphan lived ${Math.round(killing.longestOrphanMs)} ms${more}\n`,
  );
}

const trainingBlows: readonly Blow[] = [
  ...shuffled<Blow>(
    [
      { victim: "host", stage: "prepare" },
      { victim: "trainer", stage: "prepare" },
      { victim: "host", stage: "train" },
      { victim: "trainer", stage: "train" },
      { victim: "host", stage: "convert" },
      { victim: "trainer", stage: "convert" },
    ],
    seed,
  ),
  // After the trainer finished, no stage before the parity gate runs again.
  { victim: "trainer", stage: "parity" },
  { victim: "inference", stage: "parity" },
  { victim: "host", stage: "parity" },
];

const evaluationBlows: readonly Blow[] = [
  { victim: "host", stage: "prepare" },
  ...shuffled<Blow>(
    [
      { victim: "host", stage: "generate" },
      { victim: "host", stage: "generate" },
      { victim: "inference", stage: "generate" },
      { victim: "inference", stage: "generate" },
      { victim: "inference", stage: "generate" },
    ],
    seed,
  ),
  { victim: "host", stage: "judge" },
  { victim: "host", stage: "judge" },
  { victim: "host", stage: "judge" },
  { victim: "host", stage: "report" },
  { victim: "host", stage: "report" },
];

describe.skipIf(withoutSignals !== null).concurrent(
  `kill -9 at random moments${withoutSignals === null ? "" : ` (skipped: ${withoutSignals})`}`,
  {
    timeout: 400_000,
  },
  () => {
    it("of a training, with suspends and pauses, give the same files as an uninterrupted run", async () => {
      const env = await ownUserData(workspace("training data"));
      const first = ["train", "--version", "v1", "--epochs", "2"];
      const cwd = await smallWorkspace(workspace("killed training"));
      const killing = new Killing({ cwd, env, first, seed, spans: trainingSpans });
      await killing.sleepIn("train");
      await killing.pauseIn("train");
      await killing.deal(trainingBlows);
      const folder = await killing.finish();

      const quiet = await smallWorkspace(workspace("quiet training"));
      const { runs } = await runJson("train", first.slice(1), { cwd: quiet, env });
      const undisturbed = path.join(quiet, "runs", runs[0]?.runId ?? "");
      const all = [...promoted, "parity.json"];
      expect(await made(folder, all)).toEqual(await made(undisturbed, all));
      expect(await made(path.join(cwd, "models", "model_v1"))).toEqual(await made(undisturbed));
      expect(await leftovers(cwd)).toEqual([]);
      tell(killing, "");
    });

    it("of an evaluation, with a clock that jumps by a day, give the same rows and pay for no saved reply twice", async () => {
      // While held, the server receives requests but answers none, so nothing is in flight.
      let held = false;
      const script = (row: string) => {
        if (held) return ["timeout"];
        // Some replies request a wait until a date. A clock that is wrong by a day must not turn it into a day.
        return row.length % 12 === 0 ? ["429:+1", "slow:150"] : ["slow:150"];
      };
      const server = await startJudgeServer({ script });
      servers.push(server);
      const cwd = await testSetWorkspace(workspace("killed evaluation"), { rows: 60 });
      const env = {
        ...judgeAt(server, { NAMEWRIGHT_JUDGE_REPLY_TIMEOUT: "120" }),
        ...(await ownUserData(workspace("evaluation data"))),
        NODE_OPTIONS: `--import ${new URL("support/movedClock.mjs", import.meta.url).href}`,
      };
      const paid = new PaidReplies(server, cwd);
      let deaths = 0;
      const around = {
        // Half of the hosts die with replies in flight, the others with all replies on disk.
        async before() {
          deaths += 1;
          held = deaths % 2 === 0;
          if (held) await until("every reply is on disk", () => paid.allOnDisk());
        },
        async after() {
          await paid.note();
          held = false;
        },
      };
      const first = ["eval", "--version", "base", "--judge", "openai"];
      const killing = new Killing({ cwd, env, first, seed, spans: evaluationSpans, around });
      await killing.deal(evaluationBlows.slice(0, 1));
      await killing.sleepIn("generate");
      await killing.deal(evaluationBlows.slice(1));
      const folder = await killing.finish();

      const quietServer = await startJudgeServer({});
      servers.push(quietServer);
      const quiet = await testSetWorkspace(workspace("quiet evaluation"), { rows: 60 });
      await runJson("eval", first.slice(1), {
        cwd: quiet,
        env: { ...env, ...judgeAt(quietServer), NODE_OPTIONS: "" },
      });
      expect(await timeless(cwd)).toEqual(await timeless(quiet));
      const keys = await rowKeys(folder);
      expect(new Set(keys).size).toBe(keys.length);
      expect(paid.noted).toBeGreaterThan(40);
      expect(paid.askedAgain()).toEqual([]);
      expect(await leftovers(cwd)).toEqual([]);
      tell(killing, `; ${paid.lostOnTheWire} replies were on the wire, ${paid.noted} on disk at a death`);
    });
  },
);

it("kills twenty times, in each process and each stage", () => {
  const blows = [...trainingBlows, ...evaluationBlows];
  expect(blows).toHaveLength(20);
  expect(new Set(blows.map(({ victim }) => victim)).size).toBe(3);
  expect(new Set(blows.map(({ stage }) => stage)).size).toBe(7);
});

/** Returns the results without what must differ: the duration of each row and the run's name. */
async function timeless(cwd: string) {
  const { stamp, rows } = await resultsIn(cwd, "base");
  return { stamp: { ...stamp, runId: "" }, rows: rows.map((row) => ({ ...row, latencyMs: 0 })) };
}

/** Returns the keys of the rows in a run's journal, without the cost, which is reported repeatedly. */
async function rowKeys(folder: string): Promise<string[]> {
  const lines = (await readFile(path.join(folder, "events.jsonl"), "utf8")).split("\n");
  return lines.flatMap((line) => {
    if (!line.startsWith('{"seq"') || !line.endsWith('"}')) return [];
    const { sum: _, ...entry } = JSON.parse(line);
    const { event } = JournalEntrySchema.parse(entry);
    return event.kind === "row" && event.key !== "spending" ? [event.key] : [];
  });
}
