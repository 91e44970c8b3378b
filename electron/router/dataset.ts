import { implement } from "@orpc/server";
import { datasetContract } from "../../shared/contract/dataset.ts";
import type { DatasetService } from "../services/dataset/datasetService.ts";
import { documentRouter } from "./document.ts";

export function datasetRouter(service: DatasetService) {
  const os = implement(datasetContract);
  return os.router({
    list: os.list.handler(() => service.list()),
    inspect: os.inspect.handler(({ input }) => service.inspect(input.file)),
    document: documentRouter(service.documents),
    lint: os.lint.handler(({ input, signal }) => service.lint(input, signal)),
    stats: os.stats.handler(({ input, signal }) => service.stats(input.file, signal)),
    diversity: os.diversity.handler(({ input, signal }) => service.diversity(input.file, signal)),
    diff: os.diff.handler(({ input }) => service.diff(input.before, input.after)),
    import: os.import.handler(({ input }) => service.importFile(input)),
    exportSpreadsheet: os.exportSpreadsheet.handler(({ input }) => service.exportSpreadsheet(input)),
    fix: os.fix.handler(({ input }) => service.fix(input.file)),
  });
}
