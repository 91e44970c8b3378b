// Measures a workspace of 10,000 ended runs: the terminal's `runs list`, the host's listing and its Overview, without
// and with the index. Each figure comes from a separate process.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import { runAndTime } from "../lib/runAndTime.mjs";

const program = fileURLToPath(import.meta.url);
const count = 10_000;
const at = "2026-11-26T00:00:00.000Z";

/** Writes runs like those of an evaluation, with about 30 journal lines each. */
async function writeRuns(workspace) {
  const { encodeEntry } = await import("../../electron/services/run/journal.ts");
  const row = (key) => ({
    kind: "row",
    key: String(key),
    data: { description: "a bakery", names: ["bun-and-crumb"] },
  });
  const events = [
    { kind: "status", status: "queued" },
    { kind: "status", status: "running" },
    ...Array.from({ length: 25 }, (_, key) => row(key)),
    { kind: "result", data: { rows: 25 } },
    { kind: "status", status: "succeeded" },
  ];
  const journal = events.map((event, seq) => `${encodeEntry({ seq: seq + 1, at, event })}\n`).join("");
  const spec = { version: "v1", dataset: "data/dataset_v1.csv", note: "x".repeat(600) };
  for (let number = 0; number < count; number += 1) {
    const id = `20261126T000000-evaluation-${String(number).padStart(5, "0")}`;
    const folder = path.join(workspace, "runs", id);
    mkdirSync(folder, { recursive: true });
    const record = {
      id,
      kind: "evaluation",
      title: `evaluation ${number}`,
      parentId: null,
      createdAt: at,
      spec,
    };
    writeFileSync(path.join(folder, "spec.json"), JSON.stringify(record));
    writeFileSync(path.join(folder, "events.jsonl"), journal);
  }
}

/** @returns {Promise<{markdown: string}>} a separate table, because there is no baseline to compare with */
export async function measure({ say, root, scratch }) {
  const workspace = path.join(scratch, "runs");
  const index = path.join(workspace, ".namewright", "index", "runs.jsonl");
  const cli = path.join(root, "out", "cli.js");
  rmSync(workspace, { recursive: true, force: true });
  const run = (...words) => runAndTime(process.execPath, words, { cwd: root });
  run(cli, "workspace", "init", workspace, "--from-sample");
  await writeRuns(workspace);
  const terminal = () => run(cli, "runs", "list", "--json", "--workspace", workspace).seconds;
  const host = (mode) => JSON.parse(run(program, mode, workspace).stdout);
  const lines = [];
  for (const state of ["cold", "warm"]) {
    const forget = () => state === "cold" && rmSync(index, { force: true });
    forget();
    const seconds = terminal();
    forget();
    const { first, again, stretch, peak } = host("list");
    forget();
    const { overview, overviewAgain } = host("overview");
    const cells = [seconds, first, again, overview, overviewAgain].map((value) => `${value.toFixed(2)} s`);
    lines.push(
      `| ${state} | ${[...cells, `${Math.round(stretch)} ms`, `${Math.round(peak)} MB`].join(" | ")} |`,
    );
    say(`runs, ${state}: ${lines.at(-1)}`);
  }
  rmSync(workspace, { recursive: true, force: true });
  const table = [
    `| ${count.toLocaleString("en")} ended runs | \`runs list --json\` | first listing in a host | next listing | first Overview | next Overview | longest blocking of the event loop | peak memory |`,
    "|---|---:|---:|---:|---:|---:|---:|---:|",
    ...lines,
  ];
  return { markdown: table.join("\n") };
}

if (process.argv[1] === program && process.argv[2] === "list") {
  const { createFileLayer } = await import("../../electron/services/files/fileLayer.ts");
  const { guardedPrimitives } = await import("../../electron/services/files/guardedPrimitives.ts");
  const { realPrimitives } = await import("../../electron/services/files/primitives.ts");
  const { RunListCache } = await import("../../electron/services/run/runListCache.ts");
  const { openWorkspace } = await import("../../electron/services/workspace/workspace.ts");
  const { runIndexOf } = await import("../../electron/services/run/runIndex.ts");
  const files = createFileLayer(guardedPrimitives(realPrimitives, { writable: () => [process.argv[3]] }));
  const workspace = await openWorkspace(files, process.argv[3], false);
  const shelf = new RunListCache(files, workspace.paths.runs, runIndexOf(workspace));
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const seconds = async () => {
    const begun = performance.now();
    const { runs } = await shelf.list();
    if (runs.length !== count) throw new Error(`${runs.length} runs were listed`);
    return (performance.now() - begun) / 1000;
  };
  const first = await seconds();
  const again = await seconds();
  const stretch = delay.max / 1e6;
  process.stdout.write(JSON.stringify({ first, again, stretch, peak: process.resourceUsage().maxRSS / 1e3 }));
}

if (process.argv[1] === program && process.argv[2] === "overview") {
  const { createFileLayer } = await import("../../electron/services/files/fileLayer.ts");
  const { createServices } = await import("../../electron/services/services.ts");
  const { openWorkspace } = await import("../../electron/services/workspace/workspace.ts");
  const { nodePlatform } = await import("../../electron/hosts/node/nodePlatform.ts");
  const files = createFileLayer();
  const workspace = await openWorkspace(files, process.argv[3], false);
  const services = createServices({ platform: nodePlatform("browser"), files, workspace });
  const seconds = async () => {
    const begun = performance.now();
    await services.workspaces.overview();
    return (performance.now() - begun) / 1000;
  };
  process.stdout.write(JSON.stringify({ overview: await seconds(), overviewAgain: await seconds() }));
  await services.close();
  process.exit(0);
}
