import path from "node:path";
import type { NamedResults } from "../../../shared/domain/comparison/namedResults.ts";
import { Failure } from "../../../shared/domain/failure.ts";
import { reportModel, versionReport } from "../../../shared/domain/report/model.ts";
import type { Comparison } from "../../../shared/schema/comparison.ts";
import type { FigureDrawing } from "../../../shared/schema/figure.ts";
import type { ReportModel } from "../../../shared/schema/report.ts";
import type { ComparisonService } from "../comparison/comparisonService.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { refuseOwnFolder } from "../files/ownFolder.ts";
import type { Platform } from "../platform.ts";
import { assertWritable, type Workspace } from "../workspace/workspace.ts";
import { type DrawnFigure, drawFigures } from "./figureProcess.ts";
import { isReportPage, type ReportFigures, reportPage } from "./reportPage.ts";

export interface ReportDependencies {
  readonly platform: Pick<Platform, "launchWorker" | "paths">;
  readonly files: FileLayer;
  readonly workspace: Workspace;
  /** Opens results and compares them, counting looks at held-out rows. */
  readonly comparison: Pick<ComparisonService, "open" | "compare">;
}

export interface ReportService {
  /**
   * Draws the study's two figures of a version, each as PNG and SVG, in the workspace's `images/`.
   * Throws `Failure` `missing` without results or in the sample, `bad-value` for unreadable results, `defect` when
   * drawing fails.
   */
  figures(version: string): Promise<{ version: string; written: string[] }>;
  /**
   * Writes one self-contained HTML file about one results file or two compared ones, each a version or a CSV's path.
   * Comparing counts as opening the held-out rows. An earlier report at `out` is replaced. Throws as `figures`, and
   * `Failure` `bad-value` when any other file is at `out`.
   */
  report(request: ReportRequest): Promise<{ out: string; bytes: number }>;
}

export interface ReportRequest {
  readonly baseline: string;
  readonly candidate: string | null;
  readonly out: string;
}

/** The study's file names for a version's figures. */
const figureFiles = ["domain_category_count", "safety-classification_analysis"] as const;

export function createReportService(setting: ReportDependencies): ReportService {
  const { platform, files, workspace, comparison } = setting;
  return {
    figures: async (version) => {
      assertWritable(workspace);
      const stems = figureFiles.map((name) => path.join(workspace.paths.images, `${version}-${name}`));
      for (const stem of stems) for (const kind of ["png", "svg"]) await files.refuseLink(`${stem}.${kind}`);
      const { results } = await comparison.open(version);
      const data = versionReport(version, results);
      const drawn = await drawFigures(platform, [
        { figure: "categories", data, role: "candidate" },
        { figure: "safety", data },
      ]);
      const written: string[] = [];
      for (const [index, stem] of stems.entries()) {
        const figure = figureAt(drawn, index);
        await files.writeAtomic(`${stem}.png`, figure.png);
        await files.writeAtomic(`${stem}.svg`, figure.svg);
        written.push(`${stem}.png`, `${stem}.svg`);
      }
      return { version, written };
    },
    report: async ({ baseline, candidate, out }) => {
      const file = path.resolve(out);
      await refuseOwnFolder(platform.paths.userData, file);
      // Checked before the comparison, because a refused report must not count as a look at the held-out rows.
      const again = await isEarlierReport(files, file);
      const sides = [await comparison.open(baseline)];
      if (candidate !== null) sides.push(await comparison.open(candidate));
      const compared = candidate === null ? null : await comparison.compare({ baseline, candidate });
      const model = modelOf(sides, compared);
      const figures = await drawReport(platform, model);
      const html = reportPage({ model, sides, figures });
      if (again) await files.writeAtomic(file, html);
      else if (!(await files.writeNew(file, html))) throw taken(file);
      return { out: file, bytes: Buffer.byteLength(html) };
    },
  };
}

/** Returns whether an earlier report exists; false for no file. @throws Failure `bad-value` for any other file. */
async function isEarlierReport(files: FileLayer, file: string): Promise<boolean> {
  if (!(await files.exists(file))) return false;
  const begin = await files.readPart(file, 0, 4096);
  if (isReportPage(new TextDecoder().decode(begin))) return true;
  throw taken(file);
}

function taken(file: string): Failure {
  return new Failure("bad-value", `${file} already exists and isn't a report`, {
    hint: "Choose another name for the report. Nothing was changed.",
    file,
  });
}

function modelOf(sides: readonly NamedResults[], comparison: Comparison | null): ReportModel {
  const title = sides.map(({ name }) => name).join(" → ");
  return reportModel(
    title,
    sides.map(({ name, results }) => versionReport(name, results)),
    comparison,
  );
}

async function drawReport(
  platform: ReportDependencies["platform"],
  model: ReportModel,
): Promise<ReportFigures> {
  const { versions, comparison } = model;
  const ofVersions: FigureDrawing[] = versions.flatMap((data, index): FigureDrawing[] => [
    { figure: "categories", data, role: index === 0 && versions.length > 1 ? "baseline" : "candidate" },
    { figure: "safety", data },
  ]);
  const ofComparison: FigureDrawing[] =
    comparison === null
      ? []
      : [
          { figure: "differences", data: model },
          { figure: "slices", data: model },
        ];
  const drawn = await drawFigures(platform, [...ofVersions, ...ofComparison]);
  return {
    versions: versions.map((_, index) => ({
      categories: figureAt(drawn, 2 * index).svg,
      safety: figureAt(drawn, 2 * index + 1).svg,
    })),
    comparison:
      comparison === null
        ? null
        : {
            differences: figureAt(drawn, ofVersions.length).svg,
            slices: figureAt(drawn, ofVersions.length + 1).svg,
          },
  };
}

function figureAt(drawn: readonly DrawnFigure[], index: number): DrawnFigure {
  const figure = drawn[index];
  if (figure === undefined) throw new Error(`figure ${index + 1} was not drawn`);
  return figure;
}
