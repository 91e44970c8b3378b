import { expect, test } from "vitest";
import { untrainedVersions } from "../../../shared/schema/workspace.ts";
import { kindOfFile } from "./datasetList.ts";

test("kindOfFile knows the results and corrections of every version", () => {
  for (const version of [...untrainedVersions, "v1", "v12"])
    for (const kind of ["results", "overrides"])
      expect(kindOfFile(`model_${version}-${kind}.csv`)).toEqual({ kind, version });
});

test("kindOfFile returns no version for a name that isn't one", () => {
  for (const name of ["model_prompted+-results.csv", "model_v0-results.csv", "dataset_v1_old.csv"])
    expect(kindOfFile(name)).toEqual({ kind: "other", version: null });
});
