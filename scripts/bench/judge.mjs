// Measures judge time: 400 rows, 5 % of which first get a 429, against rows × latency ÷ concurrency, the minimum of any
// schedule. The judge is the scripted server in a separate process. The scheduler is the real one.
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { createFileLayer } from "../../electron/services/files/fileLayer.ts";
import { createJudge } from "../../electron/services/judge/createJudge.ts";
import { judgeRows } from "../../electron/services/judge/judgeRows.ts";
import { mulberry32 } from "../../shared/domain/random.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const rowCount = 400;
const concurrency = 8;
/** The latency of an answer, in milliseconds: about 200 tokens of a fast hosted model. */
const latencyMs = 1000;
const refusedShare = 0.05;
const rounds = 3;

/** Starts the scripted judge in a separate process, so that its work isn't counted as the scheduler's. */
async function startServer(seed) {
  const code = `
    import { startJudgeServer } from ${JSON.stringify(new URL("../../e2e/judge-server.mjs", import.meta.url).href)};
    import { mulberry32, seedOf } from ${JSON.stringify(new URL("../../shared/domain/random.ts", import.meta.url).href)};
    const first = (row) => mulberry32(${seed} + seedOf(row)).next() < ${refusedShare} ? ["429"] : [];
    const server = await startJudgeServer({ script: (row) => [...first(row), "slow:${latencyMs}"] });
    console.log(server.baseUrl);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", code], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const baseUrl = await new Promise((resolve, reject) => {
    child.stdout.setEncoding("utf8").once("data", (text) => resolve(text.trim()));
    child.once("exit", (code) => reject(new Error(`the scripted judge exited with code ${code}`)));
  });
  return { baseUrl, stop: () => child.kill() };
}

/** Runs one round. Returns the minimum possible time ÷ the time taken. */
async function round(seed) {
  const server = await startServer(seed);
  const folder = await mkdtemp(path.join(tmpdir(), "namewright bench "));
  try {
    const judge = await createJudge("openai", {
      files: createFileLayer(),
      promptsFolder: path.join(root, "resources", "prompts"),
      pricesFile: path.join(root, "resources", "prices.json"),
      cacheFile: path.join(folder, "judge-cache.jsonl"),
      apiKey: async () => "bench",
      setting: () => undefined,
      warn: () => {},
      given: { baseUrl: server.baseUrl, model: "scripted", concurrency },
      random: mulberry32(seed),
    });
    const rows = Array.from({ length: rowCount }, (_, row) => ({
      key: String(row),
      description: `Bakery number ${row}`,
      names: ["crumb-rise", "loaf-lane", "sourdawn", "crustcorner", "goldenloaf"],
    }));
    const began = performance.now();
    const { scored, spending } = await judgeRows(judge, rows, {
      signal: new AbortController().signal,
      onVerdict: () => {},
    });
    const tookMs = performance.now() - began;
    if (scored !== rowCount) throw new Error(`only ${scored} of ${rowCount} rows were scored`);
    const leastMs = (rowCount * latencyMs) / concurrency;
    return { ratio: leastMs / tookMs, calls: spending.calls, tookMs, leastMs };
  } finally {
    server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Measures one line of the table. `ratios`: per round, the minimum possible time ÷ the time taken. 1 is perfect.
 * @param {{say(text: string): void}} reporter
 * @returns {Promise<import("./measure.mjs").Measure[]>}
 */
export async function measure({ say }) {
  const ratios = [];
  const notes = [];
  for (let seed = 1; seed <= rounds; seed++) {
    const { ratio, calls, tookMs, leastMs } = await round(seed);
    const times = `${(tookMs / 1000).toFixed(2)} s for ${(leastMs / 1000).toFixed(2)} s at best`;
    say(`judge, round ${seed}: ${times}, ${calls - rowCount} refused calls, ratio ${ratio.toFixed(3)}`);
    ratios.push(ratio);
    notes.push(times);
  }
  return [
    {
      what: `judge time, ${rowCount} rows, 5 % 429s`,
      against: `rows × latency (${latencyMs} ms) ÷ concurrency (${concurrency})`,
      ratios,
      better: "higher",
      goal: 0.95,
      aim: 0.99,
      note: `each row scored; ${notes.join("; ")}`,
    },
  ];
}

if (process.argv[1] !== undefined && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  console.log(JSON.stringify(await measure({ say: console.error }), null, 2));
}
