import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { writeResults } from "../../../shared/domain/results/write.ts";
import { exampleBaseline, exampleCandidate, exampleResults } from "../../../shared/testing/reportExample.ts";
import { createComparisonService } from "../comparison/comparisonService.ts";
import { workerFrom } from "../compute/fileSizes.ts";
import { createFileLayer } from "../files/fileLayer.ts";
import type { WorkerPort } from "../platform.ts";
import { testCompute } from "../testing/compute.ts";
import { testHeldout } from "../testing/heldout.ts";
import { tinySample } from "../testing/tinySample.ts";
import { openWorkspace } from "../workspace/workspace.ts";
import { createReportService } from "./reportService.ts";

let folder: string;
/** The drawings requested from the figures' process. */
let asked: { figure: string; role: string | undefined }[];
let works: boolean;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "report-"));
  asked = [];
  works = true;
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function launchWorker(): WorkerPort {
  let receive: (message: unknown) => void = () => {};
  return {
    post: (message) => {
      const { id, drawing } = message as { id: number; drawing: { figure: string; role?: string } };
      asked.push({ figure: drawing.figure, role: drawing.role });
      const svg = `<svg data-figure="${drawing.figure}"/>`;
      const answer = works
        ? { kind: "drawn", id, svg, png: new Uint8Array([id, 2, 3]) }
        : { kind: "failed", id, message: "no ink" };
      queueMicrotask(() => receive(answer));
    },
    onMessage: (listener) => {
      receive = listener;
    },
    onExit: () => {},
    kill: () => {},
    pid: 1,
  };
}

interface ServiceOptions {
  readonly sample?: boolean;
  readonly launchCompute?: () => WorkerPort;
}

async function service({ sample = false, launchCompute }: ServiceOptions = {}) {
  const files = createFileLayer();
  await writeFile(path.join(folder, "namewright.json"), '{"schemaVersion":1,"name":"w"}');
  const workspace = await openWorkspace(files, folder, sample);
  for (const [version, plan] of [
    ["v1", exampleBaseline],
    ["base", { ...exampleBaseline, version: "base" }],
    ["v2", exampleCandidate],
  ] as const) {
    await files.writeAtomic(workspace.paths.results(version), writeResults(exampleResults(plan)));
  }
  const paths = {
    resources: "/r",
    userData: path.join(folder, "user"),
    sample: folder,
    embeddedBase: folder,
  };
  const comparison = createComparisonService({
    hashes: async () => null,
    files,
    workspace,
    compute: testCompute(files, launchCompute),
    ...testHeldout(files, workspace),
  });
  return createReportService({ platform: { launchWorker, paths }, files, workspace, comparison });
}

describe("figures", () => {
  test.each(["v1", "base"])(
    "writes the study's two figures of %s as PNG and SVG to images/",
    async (version) => {
      const { written } = await (await service()).figures(version);
      const names = [
        `${version}-domain_category_count.png`,
        `${version}-domain_category_count.svg`,
        `${version}-safety-classification_analysis.png`,
        `${version}-safety-classification_analysis.svg`,
      ];
      expect(written).toEqual(names.map((name) => path.join(folder, "images", name)));
      expect((await readdir(path.join(folder, "images"))).sort()).toEqual(names);
      expect([...(await readFile(written[2] ?? ""))]).toEqual([2, 2, 3]);
      expect(await readFile(written[3] ?? "", "utf8")).toBe('<svg data-figure="safety"/>');
    },
  );

  test("throws missing for a version without results and draws nothing", async () => {
    await expect((await service()).figures("v9")).rejects.toMatchObject({ code: "missing" });
    expect(asked).toEqual([]);
  });

  test("refuses to write to the sample and draws nothing", async () => {
    await expect((await service({ sample: true })).figures("v1")).rejects.toMatchObject({ code: "missing" });
    expect(asked).toEqual([]);
  });

  test("writes nothing when drawing fails", async () => {
    const report = await service();
    works = false;
    await expect(report.figures("v1")).rejects.toMatchObject({ code: "defect" });
    await expect(readdir(path.join(folder, "images"))).rejects.toThrow();
  });
});

describe("report", () => {
  test("writes two versions to one file with all six figures and counts the look at held-out rows", async () => {
    const report = await service();
    const request = { baseline: "v1", candidate: "v2", out: path.join(folder, "deep", "report.html") };
    await report.report(request);
    const { out, bytes } = await report.report(request);
    const page = await readFile(out, "utf8");
    expect((await stat(out)).size).toBe(bytes);
    expect(await readdir(path.dirname(out))).toEqual(["report.html"]);
    expect([...page.matchAll(/data-figure="(\w+)"/g)].map(([, figure]) => figure)).toEqual([
      "differences",
      "slices",
      "safety",
      "categories",
      "safety",
      "categories",
    ]);
    expect(page).toContain("Look 1 of 5");
    expect(asked.filter(({ figure }) => figure === "categories").map(({ role }) => role)).toEqual([
      "baseline",
      "candidate",
      "baseline",
      "candidate",
    ]);
  });

  test("writes one results file with two figures and no decision", async () => {
    const report = await service();
    const baseline = path.join(folder, "data", "model_v1-results.csv");
    const { out } = await report.report({ baseline, candidate: null, out: path.join(folder, "one.html") });
    expect(await readFile(out, "utf8")).toContain("A decision needs a second version");
    expect(asked.map(({ figure }) => figure)).toEqual(["categories", "safety"]);
  });

  test("keeps an older report when drawing fails", async () => {
    const report = await service();
    const out = path.join(folder, "report.html");
    await report.report({ baseline: "v1", candidate: null, out });
    const older = await readFile(out, "utf8");
    works = false;
    await expect(report.report({ baseline: "v1", candidate: "v2", out })).rejects.toMatchObject({
      code: "defect",
    });
    expect(await readFile(out, "utf8")).toBe(older);
  });

  test("replaces only an earlier report; a refused report counts no look at held-out rows", async () => {
    const report = await service();
    const out = path.join(folder, "data", "model_v1-results.csv");
    const results = await readFile(out, "utf8");
    const request = { baseline: "v1", candidate: "v2" };
    for (const taken of [out, path.join(folder, "data")])
      await expect(report.report({ ...request, out: taken })).rejects.toMatchObject({
        code: "bad-value",
        place: { file: taken },
      });
    expect(await readFile(out, "utf8")).toBe(results);
    expect(asked).toEqual([]);
    const { out: page } = await report.report({ ...request, out: path.join(folder, "report.html") });
    expect(await readFile(page, "utf8")).toContain("Look 1 of 5");
  });

  test("compares in the worker when the host has one", async () => {
    const results = (await stat(path.join(tinySample, "data", "model_v1-results.csv"))).size;
    expect(results).toBeGreaterThan(workerFrom.compare);
    const launchCompute = () => {
      throw new Error("the worker was asked");
    };
    const report = await service({ launchCompute });
    const [baseline = "", candidate = ""] = ["v1", "v2"].map((version) =>
      path.join(tinySample, "data", `model_${version}-results.csv`),
    );
    const request = { baseline, candidate, out: path.join(folder, "report.html") };
    await expect(report.report(request)).rejects.toThrow("the worker was asked");
  });
});
