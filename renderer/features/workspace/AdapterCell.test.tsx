// @vitest-environment happy-dom
import { screen } from "@testing-library/react";
import { expect, it } from "vitest";
import type { OverviewAdapter } from "../../../shared/schema/overview.ts";
import { draw } from "../../testing/screen.tsx";
import { AdapterCell } from "./AdapterCell.tsx";

const adapter: OverviewAdapter = {
  version: "v3",
  hash: "h",
  base: "tiny",
  baseHash: "b",
  dataset: null,
  datasetHash: null,
  gatePassed: true,
  prompt: { name: "suggest", hash: "prompt" },
  training: { rows: 9, epochs: 4, stoppedEarly: true, bestMetric: 0.5 },
};
const lines = () => screen.getAllByText(/gate|trained/).map(({ textContent }) => textContent);

it("shows how an adapter was trained", () => {
  draw(<AdapterCell version="v3" adapter={adapter} stale={[]} />);
  expect(lines()).toEqual([
    "trained on 9 rows, 4.0 epochs, stopped early",
    "best eval 0.500, parity gate passed",
  ]);
});

it("shows an adopted adapter without figures of a training", () => {
  draw(<AdapterCell version="v3" adapter={{ ...adapter, training: null }} stale={[]} />);
  expect(lines()).toEqual(["adopted, parity gate passed"]);
});

it("marks an adopted GGUF file, which has no gate", () => {
  draw(<AdapterCell version="v3" adapter={{ ...adapter, training: null, gatePassed: null }} stale={[]} />);
  expect(lines()).toEqual(["adopted, no gate"]);
});
