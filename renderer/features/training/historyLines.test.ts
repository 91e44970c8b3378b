import { expect, it } from "vitest";
import type { RunCurves } from "../../../shared/schema/trainingCurves.ts";
import { historyLines } from "./historyLines.ts";

const training = (id: string, version: string | null) => ({ id, version }) as RunCurves;
const trainings = [training("4", "v2.2"), training("3", "v1"), training("2", "v2.1"), training("1", null)];

const shown = (opened: readonly string[]) =>
  historyLines(trainings, opened).map((line) =>
    line.kind === "group"
      ? `${line.version}: ${line.trainings.map(({ id }) => id).join(", ")}`
      : `${line.inGroup ? "  " : ""}${line.training.id}`,
  );

it("shows the seeds of a version as one line at the place of the newest, which opens", () => {
  expect(shown([])).toEqual(["v2: 4, 2", "3", "1"]);
  expect(shown(["v2"])).toEqual(["v2: 4, 2", "  4", "  2", "3", "1"]);
});
