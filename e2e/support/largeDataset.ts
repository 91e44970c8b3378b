// A separate program, so that its memory can be measured. Describes, lints or pages through a dataset.
// node largeDataset.ts stats|lint|read FILE → {result, megabytes: growth of the peak resident size, seconds}
import { createDatasetService } from "../../electron/services/dataset/datasetService.ts";
import { createFileLayer } from "../../electron/services/files/fileLayer.ts";
import { testCompute } from "../../electron/services/testing/compute.ts";
import { tinySample } from "../../electron/services/testing/tinySample.ts";
import { openWorkspace } from "../../electron/services/workspace/workspace.ts";
import { wholeDocument } from "../../shared/schema/document.ts";

const [, , kind, file = ""] = process.argv;
const files = createFileLayer();
const service = createDatasetService({
  files,
  workspace: await openWorkspace(files, tinySample, true),
  compute: testCompute(files),
});
const before = process.memoryUsage().rss / 1e6;
const begun = performance.now();

async function work(): Promise<unknown> {
  if (kind === "stats") return service.stats(file);
  if (kind === "lint") return service.lint({ files: [file], against: [] });
  const { documents } = service;
  const rows = (offset: number) => documents.rows({ file, view: wholeDocument, offset, limit: 2 });
  let { state } = await documents.open(file);
  const first = await rows(0);
  if (!state.exact) for await (state of documents.watch(file)) if (state.exact) break;
  const last = await rows(state.total - 2);
  await service.close();
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
