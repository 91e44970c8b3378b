import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createRouterClient } from "@orpc/server";
import { afterEach, beforeEach, expect, test } from "vitest";
import { writeResults } from "../../shared/domain/results/write.ts";
import { exampleRow, exampleStamp } from "../../shared/testing/resultsExample.ts";
import { createComparisonService } from "../services/comparison/comparisonService.ts";
import { createFileLayer } from "../services/files/fileLayer.ts";
import { testCompute } from "../services/testing/compute.ts";
import { testHeldout } from "../services/testing/heldout.ts";
import { initWorkspace } from "../services/workspace/workspace.ts";
import { comparisonRouter } from "./comparison.ts";

const files = createFileLayer();
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "comparison-router-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test("returns the contract's shape with default settings, and passes failures through", async () => {
  const { workspace } = await initWorkspace(files, path.join(folder, "study"), {});
  const client = createRouterClient(
    comparisonRouter(
      createComparisonService({
        hashes: async () => null,
        files,
        workspace,
        compute: testCompute(files),
        ...testHeldout(files, workspace),
      }),
    ),
    { context: {} },
  );
  const rows = Array.from({ length: 12 }, (_, index) => ({
    ...exampleRow,
    row: index + 1,
    description: `business ${index}`,
    outcome: "refused" as const,
  }));
  for (const version of ["v1", "v3"])
    await files.writeAtomic(workspace.paths.results(version), writeResults({ stamp: exampleStamp, rows }));
  const found = await client.compare({ baseline: "v1", candidate: "v3" });
  expect(found.settings).toMatchObject({ draws: 10_000, margins: { missedHarmfulRate: 0.05 } });
  expect(found).toMatchObject({ n: 12, decision: "undecided", looks: { used: 1, budget: 5 } });
  await expect(client.compare({ baseline: "v1", candidate: "v2" })).rejects.toMatchObject({
    code: "missing",
  });
  await expect(client.compare({ baseline: "v1", candidate: "v1" })).rejects.toThrow(
    "can't compare v1 with itself",
  );
  const again = await client.compare({ baseline: "v1", candidate: "v3" });
  // The same pair is the same look.
  expect(again.looks).toEqual({ used: 1, budget: 5 });
});
