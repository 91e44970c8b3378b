import { headerKey } from "../../../../shared/domain/csv/dialect.ts";
import type { GridColumn } from "../../../ui/grid/gridTypes.ts";
import { NamesCell } from "./NamesCell.tsx";
import { NamesEditor } from "./NamesEditor.tsx";

/** The columns of a file as the grid shows them: the description wide, the names as chips. */
export function datasetColumns(header: readonly string[]): GridColumn[] {
  return header.map((title, index): GridColumn => {
    const shown = { index, title: title === "" ? `(column ${index + 1})` : title };
    switch (headerKey(title)) {
      case "description":
        return { ...shown, flex: 3, minWidth: 180 };
      case "suggestions":
        return { ...shown, flex: 4, minWidth: 200, Cell: NamesCell, Editor: NamesEditor, emptied: "[]" };
      // What a model suggested, in its results.
      case "domains":
        return { ...shown, width: 320, minWidth: 200, Cell: NamesCell };
      default:
        return { ...shown, width: 110, minWidth: 80 };
    }
  });
}

/** The cells of a new row of a file. */
export function emptyRow(columns: readonly GridColumn[]): string[] {
  return columns.map(({ emptied = "" }) => emptied);
}
