// @vitest-environment happy-dom
import { fireEvent, screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { Failure } from "../../../../shared/domain/failure.ts";
import type { Inspection } from "../../../../shared/schema/document.ts";
import { draw, type Host } from "../../../testing/screen.tsx";
import { messages } from "../messages.ts";
import { ImportForm } from "./ImportForm.tsx";

const { import: text } = messages;

const inspection: Inspection = {
  file: "/tmp/foreign.csv",
  bytes: 2048,
  encoding: "utf-8",
  bom: false,
  delimiter: ";",
  newline: "\n",
  columns: ["Text", "Names", "Kind"],
  total: 2,
  rows: [["a bakery", "one, two", "food"]],
  map: { description: "Text", suggestions: "Names" },
  kind: "other",
};

function form(change: Partial<Inspection> = {}, host: Host = {}) {
  const imported: string[] = [];
  let skipped = 0;
  draw(
    <ImportForm
      inspection={{ ...inspection, ...change }}
      name="foreign.csv"
      onImported={(file) => void imported.push(file)}
      onSkip={() => {
        skipped += 1;
      }}
    />,
    { host },
  );
  return { imported, skipped: () => skipped };
}
const button = (name: string) => screen.getByRole("button", { name }) as HTMLButtonElement;
const report = { file: "/study/data/dataset_v3.csv", rows: 2, changes: [], errors: 0, warnings: 1 };

describe("ImportForm", () => {
  it("imports with the detected columns under the next available name", async () => {
    const asked: unknown[] = [];
    const { imported } = form(
      {},
      {
        "dataset.import": (input: unknown) => {
          asked.push(input);
          return report;
        },
      },
    );
    fireEvent.click(button(text.import));
    await waitFor(() => expect(imported).toEqual([report.file]));
    expect(asked).toEqual([{ file: inspection.file, map: inspection.map }]);
    expect(screen.getByText(/dataset_v3\.csv/)).toBeTruthy();
  });

  it("imports with the selected columns and name instead of the detected ones", async () => {
    const asked: unknown[] = [];
    const { imported } = form(
      {},
      {
        "dataset.import": (input: unknown) => {
          asked.push(input);
          return report;
        },
      },
    );
    fireEvent.click(screen.getByRole("combobox", { name: /slice/ }));
    const kinds = screen.getAllByRole("option", { name: "Kind", hidden: true });
    const ofSlice = screen.getByRole("combobox", { name: /slice/ }).getAttribute("aria-controls") ?? "";
    const mine = kinds.find((option) => option.closest(`#${CSS.escape(ofSlice)}`) !== null);
    fireEvent.click(mine as HTMLElement);
    fireEvent.change(screen.getByRole("textbox", { name: text.name }), {
      target: { value: "  shops " },
    });
    fireEvent.click(button(text.import));
    await waitFor(() => expect(imported).toHaveLength(1));
    expect(asked).toEqual([
      { file: inspection.file, map: { ...inspection.map, slice: "Kind" }, as: "shops" },
    ]);
  });

  it("disables the import while a required column is missing, and names the column", () => {
    form({ map: { description: "Text" } });
    expect(button(text.import).disabled).toBe(true);
    expect(screen.getByRole("status").textContent).toContain("suggestions");
    expect(screen.getByRole("status").textContent).not.toContain("description");
  });

  it("explains that a file without rows has nothing to import", () => {
    form({ columns: [], total: 0, rows: [], map: {} });
    expect(button(text.import).disabled).toBe(true);
    expect(screen.getByRole("status").textContent).toContain("no rows");
  });

  it("explains why an import failed, and can retry it", async () => {
    let fails = true;
    const { imported } = form(
      {},
      {
        "dataset.import": () => {
          if (fails) throw new Failure("bad-value", "row 2 is cut off");
          return report;
        },
      },
    );
    fireEvent.click(button(text.import));
    expect((await screen.findByRole("alert")).textContent).toContain("Row 2 is cut off");
    expect(imported).toEqual([]);
    fails = false;
    fireEvent.click(button(text.import));
    await waitFor(() => expect(imported).toEqual([report.file]));
  });

  it("suggests the name of the test set for a test set, and can skip a file", () => {
    const { skipped } = form({ kind: "test-set" });
    const name = screen.getByRole("textbox", { name: text.name }) as HTMLInputElement;
    expect(name.value).toBe("test_set");
    fireEvent.click(button(text.skip));
    expect(skipped()).toBe(1);
  });
});
