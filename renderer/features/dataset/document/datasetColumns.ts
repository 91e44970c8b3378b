import { headerKey } from "../../../../shared/domain/csv/dialect.ts";
import type { GridColumn } from "../../../ui/grid/gridTypes.ts";
import { messages } from "../messages.ts";
import { NamesCell } from "./NamesCell.tsx";
import { NamesEditor } from "./NamesEditor.tsx";

/** Returns the grid columns of a file: a wide description, names as chips. */
export function datasetColumns(header: readonly string[]): GridColumn[] {
  return header.map((title, index): GridColumn => {
    const shown = { index, title: title === "" ? messages.document.unnamedColumn(index + 1) : title };
    switch (headerKey(title)) {
      case "description":
        return { ...shown, flex: 3, minWidth: 180 };
      case "suggestions":
        return { ...shown, flex: 4, minWidth: 200, Cell: NamesCell, Editor: NamesEditor, emptied: "[]" };
      // A model's suggestions in results files.
      case "domains":
        return { ...shown, width: 320, minWidth: 200, Cell: NamesCell };
      default:
        return { ...shown, width: 110, minWidth: 80 };
    }
  });
}

/** Returns the cells of a new row. */
export function emptyRow(columns: readonly GridColumn[]): string[] {
  return columns.map(({ emptied = "" }) => emptied);
}
