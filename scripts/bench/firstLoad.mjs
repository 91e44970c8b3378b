// Measures the first screen: the size of the files that it loads, and the time until it is usable against an empty page
// of the same host.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { tinySample } from "../../electron/services/testing/tinySample.ts";
import { copySample, makeUserData } from "../lib/sampleCopy.mjs";
import { launchBrowser, startCommand, startHost } from "./browserHost.mjs";
import { interleave } from "./measure.mjs";

const kilobytes = (bytes) => Math.round(bytes / 1000);

/** Returns the gzipped bytes of all files that the page requested until the first screen rendered. */
function loadedBytes(root, loaded) {
  const files = [...loaded].map((url) => new URL(url).pathname.slice(1) || "index.html");
  const own = files.map((file) => (file.startsWith("w/") ? "index.html" : file));
  return own.reduce(
    (sum, file) => sum + gzipSync(readFileSync(path.join(root, "out", "renderer", file))).length,
    0,
  );
}

/** The smallest page: an image of three shapes. */
const emptyPage = {
  address: ({ origin }) => `${origin}/icon.svg`,
  isUsable: (page) => page.waitForLoadState("load"),
};
/** The overview, usable when its data is shown. */
const overview = {
  address: ({ address }) => address,
  isUsable: (page) => page.getByRole("main").getByText("dataset_v1").first().waitFor(),
};

async function open(page, host, { address, isUsable }) {
  await page.goto(address(host), { waitUntil: "commit" });
  await isUsable(page);
}

/** Returns the milliseconds from the start of a host until its page is usable, in an open browser. */
async function fromHost({ start, page, shown }) {
  const begun = performance.now();
  const host = await start();
  await open(page, host, shown);
  const took = performance.now() - begun;
  await host.close();
  return took;
}

/** Returns the milliseconds from `npm start` until the page is usable, in a browser started at the same time. */
async function fromCommand({ start, shown }) {
  const begun = performance.now();
  const host = await start();
  const browser = await launchBrowser();
  await open(await browser.newPage(), host, shown);
  const took = performance.now() - begun;
  await browser.close();
  await host.close();
  return took;
}

/** Measures the gzipped bytes that the first screen loads. */
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

const inMilliseconds = (pairs) =>
  `ms, ours/empty: ${pairs.map(({ ours, baseline }) => `${Math.round(ours)}/${Math.round(baseline)}`).join(", ")}`;

export async function measure({ root, say }) {
  const against = "the same until an empty page of the same host";
  const row = { against, better: "lower", goal: 1.5 };
  const whole = { ...row, what: "from `npm start`, host and browser started, to the first usable screen" };
  const hostOnly = {
    ...row,
    what: "from the host's start, in an open browser, to the first usable screen",
  };
  const browser = await launchBrowser();
  if (browser === null) return { ...whole, missing: "no Chromium" };
  const folder = mkdtempSync(path.join(tmpdir(), "bench-first-"));
  const [workspace, userData] = [path.join(folder, "study"), path.join(folder, "user")];
  copySample(tinySample, workspace, ["images"]);
  makeUserData(userData);
  const start = () => startHost({ root, workspace, userData });
  const command = () => startCommand({ root, workspace, userData });
  try {
    // The first start computes the sample's figures. The measured starts find them cached, like all later ones.
    const bytes = await firstLoad({ start, page: await browser.newPage(), root, say });
    const page = await browser.newPage();
    const open = await interleave({
      pairs: 9,
      baseline: () => fromHost({ start, page, shown: emptyPage }),
      ours: () => fromHost({ start, page, shown: overview }),
    });
    const started = await interleave({
      pairs: 9,
      baseline: () => fromCommand({ start: command, shown: emptyPage }),
      ours: () => fromCommand({ start: command, shown: overview }),
    });
    const ratio = ({ ours, baseline }) => ours / baseline;
    return [
      { ...whole, ratios: started.map(ratio), note: inMilliseconds(started) },
      { ...hostOnly, ratios: open.map(ratio), note: inMilliseconds(open) },
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
