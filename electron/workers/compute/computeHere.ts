import { diffDatasets } from "../../../shared/domain/dataset/diff.ts";
import { readDataset } from "../../../shared/domain/dataset/read.ts";
import type { ComputeRequest, ComputeResult } from "../../../shared/schema/compute.ts";
import { lintHere, statsHere } from "../../services/dataset/linter.ts";
import type { FileLayer } from "../../services/files/fileLayer.ts";
import { readSource } from "../../services/files/sourceFile.ts";

/** Answers a compute request in this process. */
export async function computeHere(files: FileLayer, request: ComputeRequest): Promise<ComputeResult> {
  switch (request.kind) {
    case "lint":
      return { kind: "lint", report: await lintHere(files, request) };
    case "stats":
      return { kind: "stats", stats: await statsHere(files, request.file) };
    case "diversity": {
      const { diversityHere } = await import("../../services/dataset/diversity.ts");
      return { kind: "diversity", diversity: await diversityHere(files, request.file) };
    }
    case "index":
      return {
        kind: "index",
        index: await (await import("../../services/dataset/rowIndex.ts")).indexRows(request.file),
      };
    case "duplicates":
      return (await import("../../services/dataset/duplicates.ts")).duplicatesIn(
        files,
        request.file,
        request.listed,
      );
    case "diff": {
      const rows = async (file: string) => readDataset((await readSource(files, file)).bytes, file).rows;
      return { kind: "diff", diff: diffDatasets(await rows(request.before), await rows(request.after)) };
    }
    case "compare":
      return (await import("../../services/comparison/fileComparison.ts")).compareHere(files, request);
    case "study": {
      const { rereadHere } = await import("../../services/study/studyFiles.ts");
      return { kind: "study", reading: await rereadHere(files, request) };
    }
    case "look":
      return (await import("../../services/comparison/fileComparison.ts")).lookHere(files, request);
    case "test-set":
      return (await import("../../services/heldout/testSetRows.ts")).testSetHere(files, request.file);
    case "discordance":
      return (await import("../../services/comparison/fileComparison.ts")).discordanceHere(files, request);
    case "rotation":
      return (await import("../../services/heldout/rotateRows.ts")).rotateHere(files, request);
    case "align":
      return (await import("../../services/comparison/fileComparison.ts")).alignHere(files, request);
    case "check": {
      const { checkDataset } = await import("../../services/training/datasetCheck.ts");
      return { kind: "check", check: await checkDataset(files, request.dataset, request.testSet) };
    }
    case "figures": {
      const { figuresOfFile } = await import("../../services/comparison/fileFigures.ts");
      return { kind: "figures", figures: await figuresOfFile(files, request) };
    }
    case "operating":
      return (await import("../../services/operatingPoint/operatingFile.ts")).operatingHere(files, request);
    case "summarise":
      return (await import("../../services/evaluation/summary.ts")).summariseHere(files, request);
  }
}
