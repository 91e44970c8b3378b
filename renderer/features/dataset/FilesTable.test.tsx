// @vitest-environment happy-dom
import { fireEvent, screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { ListedFile } from "../../../shared/schema/document.ts";
import { draw } from "../../testing/screen.tsx";
import { FilesTable } from "./FilesTable.tsx";

const file = (name: string, change: Partial<ListedFile> = {}): ListedFile => ({
  file: `/study/data/${name}`,
  name,
  kind: "dataset",
  version: null,
  rows: 1200,
  problem: null,
  bytes: 2048,
  modifiedAt: "2026-11-23T08:17:22.913Z",
  dirty: false,
  ...change,
});

describe("FilesTable", () => {
  it("groups files by kind, and omits empty groups", () => {
    draw(
      <FilesTable
        files={[file("dataset_v1.csv"), file("test_set.csv", { kind: "test-set" })]}
        onOpen={() => {}}
      />,
    );
    const [datasets, tests, ...others] = screen.getAllByRole("region");
    expect(within(datasets as HTMLElement).getByText("dataset_v1.csv")).toBeTruthy();
    expect(within(tests as HTMLElement).getByText("test_set.csv")).toBeTruthy();
    expect(others).toEqual([]);
  });

  it("opens a file once when its row or name is clicked", () => {
    const opened: string[] = [];
    draw(<FilesTable files={[file("a.csv"), file("b.csv")]} onOpen={(name) => void opened.push(name)} />);
    fireEvent.click(screen.getByRole("button", { name: "b.csv" }));
    expect(opened).toEqual(["b.csv"]);
    fireEvent.click(screen.getByRole("row", { name: /a\.csv/ }));
    expect(opened).toEqual(["b.csv", "a.csv"]);
  });

  it("shows the number of rows, or a dash if it is unknown", () => {
    draw(<FilesTable files={[file("a.csv"), file("b.csv", { rows: null })]} onOpen={() => {}} />);
    const cells = (name: RegExp) =>
      within(screen.getByRole("row", { name }))
        .getAllByRole("cell")
        .map(({ textContent }) => textContent);
    expect(cells(/a\.csv/)[1]).toBe("1,200");
    expect(cells(/b\.csv/)[1]).toBe("–");
  });

  it("marks unsaved edits, and explains why a file cannot be read", () => {
    draw(
      <FilesTable
        files={[file("a.csv", { dirty: true }), file("b.csv", { problem: "permission denied" })]}
        onOpen={() => {}}
      />,
    );
    expect(screen.getByRole("row", { name: /a\.csv/ }).textContent).toContain("unsaved");
    expect(screen.getByRole("row", { name: /b\.csv/ }).textContent).toContain("Permission denied");
    expect(screen.getByRole("row", { name: /b\.csv/ }).textContent).not.toContain("unsaved");
  });
});
