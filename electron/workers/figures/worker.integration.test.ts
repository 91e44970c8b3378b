import { execFile, fork } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { inflateSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { FigureDrawing } from "../../../shared/schema/figure.ts";
import { exampleBaseline, exampleCandidate, exampleModel } from "../../../shared/testing/reportExample.ts";
import type { WorkerPort } from "../../services/platform.ts";
import { type DrawnFigure, drawFigures } from "../../services/report/figureProcess.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
let folder: string;

beforeAll(async () => {
  // Inside the repository, so that the native package is found from there.
  mkdirSync(path.join(root, "out"), { recursive: true });
  folder = mkdtempSync(path.join(root, "out", "figures-test-"));
  // By the command that `npm run build` runs, in production as there.
  const vite = path.join(root, "node_modules", "vite", "bin", "vite.js");
  const config = path.join(root, "vite.figures.config.ts");
  await promisify(execFile)(process.execPath, [vite, "build", "--config", config, "--outDir", folder], {
    cwd: root,
    env: { ...process.env, NODE_ENV: "production" },
  });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function launchWorker(): WorkerPort {
  const child = fork(path.join(folder, "figures.js"), [], {
    serialization: "advanced",
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  return {
    post: (message) => void child.send(message as object),
    onMessage: (listener) => void child.on("message", listener),
    onExit: (listener) => void child.on("exit", listener),
    kill: () => void child.kill("SIGKILL"),
    get pid() {
      return child.pid;
    },
  };
}

const paths = { resources: path.join(root, "resources"), userData: "", sample: "", embeddedBase: "" };
const hostile = `</text><script>"x" & 'y'`;
const model = exampleModel(exampleBaseline, { ...exampleCandidate, version: hostile, unscored: 5 });
const [v1] = model.versions;
if (v1 === undefined) throw new Error("the example has versions");

interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Bytes of one pixel: red, green, blue, alpha. */
  at(x: number, y: number): readonly number[];
}

/** Undoes a PNG of 8-bit RGBA without interlacing, as resvg writes it (PNG specification, section 9). */
function pixelsOf(png: Uint8Array): Pixels {
  const bytes = Buffer.from(png);
  expect(bytes.subarray(1, 4).toString("latin1")).toBe("PNG");
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  expect([bytes[24], bytes[25], bytes[28]]).toEqual([8, 6, 0]);
  const parts: Buffer[] = [];
  for (let place = 8; place < bytes.length; place += 12 + bytes.readUInt32BE(place)) {
    const type = bytes.subarray(place + 4, place + 8).toString("latin1");
    if (type === "IDAT") parts.push(bytes.subarray(place + 8, place + 8 + bytes.readUInt32BE(place)));
  }
  const data = inflateSync(Buffer.concat(parts));
  const stride = 4 * width;
  const rows = new Uint8Array(stride * height);
  for (let y = 0; y < height; y += 1) {
    const filter = data[y * (stride + 1)] ?? 0;
    for (let x = 0; x < stride; x += 1) {
      const left = x < 4 ? 0 : (rows[y * stride + x - 4] ?? 0);
      const up = y === 0 ? 0 : (rows[(y - 1) * stride + x] ?? 0);
      const corner = x < 4 || y === 0 ? 0 : (rows[(y - 1) * stride + x - 4] ?? 0);
      rows[y * stride + x] = (data[y * (stride + 1) + 1 + x] ?? 0) + predicted(filter, left, up, corner);
    }
  }
  return { width, height, at: (x, y) => [...rows.subarray(y * stride + 4 * x, y * stride + 4 * x + 4)] };
}

function predicted(filter: number, left: number, up: number, corner: number): number {
  if (filter === 4) return paeth(left, up, corner);
  if (filter === 3) return (left + up) >> 1;
  return filter === 2 ? up : filter === 1 ? left : 0;
}

function paeth(left: number, up: number, corner: number): number {
  const a = Math.abs(up - corner);
  const b = Math.abs(left - corner);
  const c = Math.abs(left + up - 2 * corner);
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}

describe("the built process", () => {
  let drawn: DrawnFigure[];
  let pixels: Pixels;

  beforeAll(async () => {
    const drawings: FigureDrawing[] = [
      { figure: "categories", data: v1, role: "candidate" },
      { figure: "safety", data: v1 },
      { figure: "differences", data: model },
      { figure: "slices", data: model },
    ];
    drawn = await drawFigures({ launchWorker, paths }, drawings);
    pixels = pixelsOf(drawn[0]?.png ?? new Uint8Array());
  });

  test("the PNG is drawn at double resolution on white, with bars in the candidate's color", () => {
    const [categories] = drawn as [DrawnFigure];
    const height = Number(/ height="(\d+)"/.exec(categories.svg)?.[1]);
    expect([pixels.width, pixels.height]).toEqual([1920, 2 * height]);
    expect(pixels.at(4, 4)).toEqual([255, 255, 255, 255]);
    const bar = /<path[^>]* x="([\d.]+)" y="([\d.]+)" width="([\d.]+)"/.exec(categories.svg);
    const [x = 0, y = 0, width = 0] = (bar ?? []).slice(1).map(Number);
    expect(pixels.at(Math.round(2 * (x + width / 2)), Math.round(2 * (y + 10)))).toEqual([79, 91, 213, 255]);
  });

  test("text uses the bundled font", () => {
    let dark = 0;
    for (let y = 50; y < 80; y += 1)
      for (let x = 48; x < 400; x += 1) if ((pixels.at(x, y)[0] ?? 255) < 80) dark += 1;
    expect(dark).toBeGreaterThan(500);
  });

  test("the SVG is well-formed, self-contained and keeps hostile names as text", () => {
    for (const { svg } of drawn) {
      expect(svg).toMatch(/^<svg [^>]*xmlns="http:\/\/www.w3.org\/2000\/svg"/);
      expect(svg).not.toMatch(/<script|var\(|href=|<foreignObject|NaN|undefined/);
      expect(svg).toContain('role="img"');
    }
    const differences = drawn[2]?.svg ?? "";
    expect(differences).toContain("&lt;/text&gt;&lt;script&gt;");
  });

  test("ids of figures in one file are unique", () => {
    const ids = drawn.map(({ svg }) => new Set([...svg.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)));
    const all = ids.flatMap((set) => [...set].filter((id) => id !== "namewright-hatch"));
    expect(new Set(all).size).toBe(all.length);
  });

  test("a figure that can't be drawn is a failure with its reason", async () => {
    const alone = { ...model, comparison: null };
    await expect(
      drawFigures({ launchWorker, paths }, [{ figure: "slices", data: alone }]),
    ).rejects.toMatchObject({ code: "defect", message: expect.stringContaining("needs a comparison") });
  });
});
