// @vitest-environment happy-dom
import { screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { draw } from "../../testing/screen.tsx";
import { messages } from "./messages.ts";
import { ResultsCell } from "./ResultsCell.tsx";

const results = (version: string) => ({
  version,
  file: `model_${version}-results.csv`,
  hash: "h",
  stamp: null,
  integrity: null,
  scale: "rule-score" as const,
  rows: 20,
  unscored: 0,
  headlines: [],
});

it("ResultsCell links to the results of a version with a plus sign in its name", () => {
  const version = "prompted+grammar";
  draw(<ResultsCell version={version} results={results(version)} stale={[]} />, { at: "/w/one/overview" });
  const link = screen.getByRole("link", { name: messages.results.link(version) });
  const { search } = new URL(link.getAttribute("href") ?? "", "http://localhost");
  expect(new URLSearchParams(search).get("version")).toBe(version);
});
