// A program of its own, so that its memory can be measured: describes, lints or pages through a dataset.
// node largeDataset.ts stats|lint|read FILE → {result, megabytes: growth of the peak resident size, seconds}
import { fileURLToPath } from "node:url";
import { createDatasetService } from "../../electron/services/dataset/datasetService.ts";
import { createFileLayer } from "../../electron/services/files/fileLayer.ts";
import { openWorkspace } from "../../electron/services/workspace/workspace.ts";

const [, , kind, file = ""] = process.argv;
const files = createFileLayer();
const sample = fileURLToPath(new URL("../..", import.meta.url));
const service = createDatasetService({ files, workspace: await openWorkspace(files, sample, true) });
const before = process.memoryUsage().rss / 1e6;
const begun = performance.now();

async function work(): Promise<unknown> {
  if (kind === "stats") return service.stats(file);
  if (kind === "lint") return service.lint({ files: [file], against: [] });
  const first = await service.read({ file, offset: 0, limit: 2 });
  const last = await service.read({ file, offset: first.total - 2, limit: 2 });
  return { first, last };
}

const result = await work();
const megabytes = process.resourceUsage().maxRSS / 1e3 - before;
process.stdout.write(
  JSON.stringify({
    result,
    megabytes,
    peak: process.resourceUsage().maxRSS / 1e3,
    seconds: (performance.now() - begun) / 1000,
  }),
);
