// Measures opening a 300 MB dataset for editing, until its rows are counted, against DuckDB's count of the same file.
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { tinySample } from "../../electron/services/testing/tinySample.ts";
import { writeLargeCsv } from "../lib/largeCsv.mjs";
import { connectTo, launchBrowser, startHost } from "./browserHost.mjs";
import { interleave } from "./measure.mjs";

const FILE_BYTES = 300e6;
const mega = (bytes) => Math.round(bytes / 1e6);

/** Returns the peak resident size of a process in bytes, or null if the system doesn't report it. */
function peakOf(pid) {
  try {
    return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) * 1024;
  } catch {
    return null;
  }
}

/** Returns the milliseconds of DuckDB's count, with one thread like ours. */
async function countByDuckdb(file, rows) {
  const { DuckDBInstance } = await import("@duckdb/node-api");
  const instance = await DuckDBInstance.create(":memory:", { threads: "1" });
  const connection = await instance.connect();
  const begun = performance.now();
  const result = await connection.runAndReadAll(
    `select count(*) from read_csv('${file.replaceAll("'", "''")}', header = true)`,
  );
  const took = performance.now() - begun;
  const counted = Number(result.getRows()[0][0]);
  if (counted !== rows) throw new Error(`DuckDB counts ${counted} rows, not ${rows}`);
  connection.closeSync();
  instance.closeSync();
  return took;
}

/** Opens the file in a separate host. Returns the milliseconds to the first rows and to the exact count, and the memory. */
async function openByHost({ root, workspace, file, folder, rows }) {
  const host = await startHost({ root, workspace, userData: path.join(folder, "user") });
  const { client, close } = await connectTo(host);
  try {
    // Load the program first: its start is a separate measure.
    await client.dataset.list();
    await client.dataset.document.open({ file: path.join(workspace, "data", "dataset_v1.csv") });
    // Reading the list of files gives the worker, which starts with it, time to load.
    await wait(500);
    const begun = performance.now();
    const opened = await client.dataset.document.open({ file });
    await client.dataset.document.rows({ file, offset: 0, limit: 100 });
    const first = performance.now() - begun;
    let { state } = opened;
    // As the screen receives it.
    if (!state.exact)
      for await (state of await client.dataset.document.watch({ file })) if (state.exact) break;
    const exact = performance.now() - begun;
    if (state.total !== rows) throw new Error(`${state.total} rows were counted, not ${rows}`);
    const middle = performance.now();
    const page = await client.dataset.document.rows({ file, offset: Math.floor(rows / 2), limit: 100 });
    if (page.rows.length !== 100) throw new Error("the middle of the file is not shown");
    return { first, exact, jump: performance.now() - middle, peak: peakOf(host.pid) };
  } finally {
    close();
    await host.close();
  }
}

/** Pixels per frame: a fast mouse wheel, about 220 rows per second at 60 frames, and a dragged scrollbar. */
const speeds = { fast: 120, pulled: 400 };

/** Scrolls at a speed and counts frames that took longer than two display frames. */
function framesAt(viewport, pixels) {
  return viewport.evaluate(async (element, step) => {
    const frames = [];
    let last = performance.now();
    for (let frame = 0; frame < 240; frame += 1) {
      element.scrollTop += step;
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const now = performance.now();
      frames.push(now - last);
      last = now;
    }
    const sorted = [...frames].sort((a, b) => a - b);
    return {
      frames: frames.length,
      dropped: frames.filter((took) => took > 34).length,
      median: sorted[frames.length >> 1],
    };
  }, pixels);
}

/** Scrolls the grid in a browser. Returns a few runs at each speed, or null without a browser. */
async function scrolled({ root, workspace, file, folder }) {
  const browser = await launchBrowser();
  if (browser === null) return null;
  const host = await startHost({ root, workspace, userData: path.join(folder, "user") });
  try {
    const page = await browser.newPage();
    await page.goto(host.address);
    await page.waitForURL(/overview/);
    const name = encodeURIComponent(path.basename(file));
    await page.goto(page.url().replace(/overview.*/, `datasets?file=${name}`));
    await page.locator(".ag-row").first().waitFor({ timeout: 60_000 });
    // Wait until the rows are counted, which uses one of the two processors.
    await wait(2000);
    const viewport = page.locator(".ag-body-viewport, .ag-body-vertical-scroll-viewport").first();
    const runs = { fast: [], pulled: [] };
    for (let run = 0; run < 3; run += 1)
      for (const [speed, pixels] of Object.entries(speeds))
        runs[speed].push(await framesAt(viewport, pixels));
    return runs;
  } finally {
    await browser.close();
    await host.close();
  }
}

/** Returns the lines of the table about scrolling. */
function scrollMeasures(runs) {
  const common = { against: "all frames", better: "lower", goal: 0.05 };
  const names = { fast: "a fast wheel", pulled: "a dragged scrollbar" };
  return Object.entries(names).map(([speed, name]) => {
    const row = {
      ...common,
      what: `scrolling it with ${name}: frames that took longer than two display frames`,
    };
    if (runs === null) return { ...row, missing: "no Chromium" };
    const told = runs[speed].map(
      ({ dropped, frames, median }) => `${dropped} of ${frames}, median ${median.toFixed(1)} ms`,
    );
    return {
      ...row,
      ratios: runs[speed].map(({ dropped, frames }) => dropped / frames),
      note: `${speeds[speed]} px a frame, no GPU: ${told.join("; ")}`,
    };
  });
}

export async function measure({ root, say }) {
  const folder = mkdtempSync(path.join(tmpdir(), "bench-large-"));
  const workspace = path.join(folder, "study");
  mkdirSync(path.join(workspace, "data"), { recursive: true });
  copyFileSync(path.join(tinySample, "namewright.json"), path.join(workspace, "namewright.json"));
  copyFileSync(
    path.join(tinySample, "data", "dataset_v1.csv"),
    path.join(workspace, "data", "dataset_v1.csv"),
  );
  const file = path.join(workspace, "data", "dataset_v2.csv");
  try {
    const rows = await writeLargeCsv(file, FILE_BYTES);
    say(`${rows} rows written`);
    const opened = [];
    const pairs = await interleave({
      pairs: 5,
      baseline: () => countByDuckdb(file, rows),
      ours: async () => {
        const one = await openByHost({ root, workspace, file, folder, rows });
        opened.push(one);
        say(
          `first rows ${Math.round(one.first)} ms, counted ${Math.round(one.exact)} ms, a jump to the middle ` +
            `${Math.round(one.jump)} ms, peak ${one.peak === null ? "unknown" : mega(one.peak)} MB`,
        );
        return one.exact;
      },
    });
    const worst = (of) => Math.max(...opened.map(of));
    const peaks = opened.map(({ peak }) => peak).filter((peak) => peak !== null);
    const measures = [
      {
        what: "opening a 300 MB CSV until its rows are counted",
        against: "DuckDB's count of it, one thread",
        better: "lower",
        goal: 2,
        ratios: pairs.map(({ ours, baseline }) => ours / baseline),
        note: `${Math.round(worst(({ exact }) => exact))} ms at most`,
      },
      {
        what: "its first rows",
        against: "200 ms",
        better: "lower",
        goal: 1,
        ratios: opened.map(({ first }) => first / 200),
        note: `${Math.round(worst(({ first }) => first))} ms at most`,
      },
    ];
    if (peaks.length > 0)
      measures.push({
        what: "the host's peak memory with it open",
        against: "300 MB",
        better: "lower",
        goal: 1,
        ratios: peaks.map((peak) => peak / 300e6),
        note: `${mega(Math.max(...peaks))} MB at most`,
      });
    measures.push(...scrollMeasures(await scrolled({ root, workspace, file, folder })));
    return measures;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
