// What the first screen costs: the size of what it loads, and the time until it can be used against an empty page of
// the same host.
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { launchBrowser, startHost } from "./browserHost.mjs";
import { interleave } from "./measure.mjs";

const kilobytes = (bytes) => Math.round(bytes / 1000);

/** Bytes, gzipped, of all that the page asked for until the first screen stood. */
function loadedBytes(root, loaded) {
  const files = [...loaded].map((url) => new URL(url).pathname.slice(1) || "index.html");
  const own = files.map((file) => (file.startsWith("w/") ? "index.html" : file));
  return own.reduce(
    (sum, file) => sum + gzipSync(readFileSync(path.join(root, "out", "renderer", file))).length,
    0,
  );
}

/** Milliseconds from the start of a host to what says that its page can be used, in a browser that is open. */
async function timeFromStart({ start, page, address, isUsable }) {
  const begun = performance.now();
  const host = await start();
  await page.goto(address(host), { waitUntil: "commit" });
  await isUsable(page);
  const took = performance.now() - begun;
  await host.close();
  return took;
}

/** Bytes, gzipped, that the first screen loads. */
async function firstLoad({ start, page, root, say }) {
  const host = await start();
  const loaded = new Set();
  page.on("response", (response) => {
    if (response.request().resourceType() !== "websocket") loaded.add(response.url());
  });
  await page.goto(host.address);
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.waitForLoadState("networkidle");
  await host.close();
  const bytes = loadedBytes(root, loaded);
  say(`first load: ${loaded.size} files, ${kilobytes(bytes)} kB gzipped`);
  return bytes;
}

export async function measure({ root, say }) {
  const row = {
    what: "from start to the first usable screen",
    against: "from start to an empty page of the same host",
    better: "lower",
    goal: 1.5,
  };
  const browser = await launchBrowser();
  if (browser === null) return { ...row, missing: "no Chromium" };
  const folder = mkdtempSync(path.join(tmpdir(), "bench-first-"));
  const workspace = path.join(folder, "study");
  mkdirSync(path.join(workspace, "data"), { recursive: true });
  copyFileSync(path.join(root, "namewright.json"), path.join(workspace, "namewright.json"));
  copyFileSync(path.join(root, "data", "dataset_v1.csv"), path.join(workspace, "data", "dataset_v1.csv"));
  const start = () => startHost({ root, workspace, userData: path.join(folder, "user") });
  try {
    const page = await browser.newPage();
    const bytes = await firstLoad({ start, page: await browser.newPage(), root, say });
    const pairs = await interleave({
      pairs: 7,
      baseline: () =>
        timeFromStart({
          start,
          page,
          // A picture of three shapes: no page could be emptier.
          address: ({ origin }) => `${origin}/icon.svg`,
          isUsable: (target) => target.waitForLoadState("load"),
        }),
      ours: () =>
        timeFromStart({
          start,
          page,
          address: ({ address }) => address,
          // Its data stands, not only its frame.
          isUsable: (target) => target.getByRole("main").getByText("dataset_v1").first().waitFor(),
        }),
    });
    const milliseconds = pairs.map(({ ours, baseline }) => `${Math.round(ours)}/${Math.round(baseline)}`);
    return [
      {
        ...row,
        ratios: pairs.map(({ ours, baseline }) => ours / baseline),
        note: `ms, ours/empty: ${milliseconds.join(", ")}`,
      },
      {
        what: "renderer's first load, gzipped",
        against: "400 kB",
        better: "lower",
        goal: 1,
        ratios: [bytes / 400_000],
        note: `${kilobytes(bytes)} kB`,
      },
    ];
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
