import type { Finding } from "../../schema/dataset.ts";
import { CELL_BOUND } from "../csv/bounds.ts";
import type { Table } from "../csv/table.ts";
import { columnIndex } from "../csv/table.ts";
import { rowFinding, shownValue } from "../dataset/finding.ts";
import { formatNumber } from "../format/number.ts";
import { nearestEarlier } from "../neardup/similarity.ts";
import { controlTokensIn } from "./controlTokens.ts";

/** A row whose description is looked at. */
interface DescribedRow {
  readonly row: number;
  readonly description: string;
}

const column = (table: Table) => ({ index: columnIndex(table, "description"), name: "description" });

/** Descriptions that are empty, or hold the text of a control token. */
export function descriptionFindings(table: Table, rows: readonly DescribedRow[]): Finding[] {
  const at = column(table);
  if (at.index < 0) return [];
  return rows.flatMap(({ row, description: value }): Finding[] => {
    if (value.trim() === "") {
      return [
        rowFinding(table, row, at, {
          rule: "empty-description",
          severity: "error",
          value,
          message: "the description is empty",
        }),
      ];
    }
    return controlTokensIn(value).map((token) =>
      rowFinding(table, row, at, {
        rule: "control-token-text",
        severity: "warning",
        value,
        message: `contains “${token}”, the text of a control token; it is encoded as plain characters`,
      }),
    );
  });
}

/** Returns the text compared for duplicates; empty for a description above the bound, which is already an error. */
export function comparedText(description: string): string {
  return description.length > CELL_BOUND ? "" : description;
}

/** Descriptions equal or nearly equal to an earlier one of the file; one finding per row, the nearest shown. */
export function duplicateFindings(table: Table, rows: readonly DescribedRow[]): Finding[] {
  const nearest = nearestEarlier(rows.map(({ description }) => comparedText(description)));
  return rows.flatMap(({ row, description: value }, at): Finding[] => {
    const neighbor = nearest[at];
    const earlier = neighbor && rows[neighbor.index];
    if (!neighbor || !earlier) return [];
    const message = neighbor.exact
      ? `same description as row ${earlier.row}`
      : `nearly the same description (${formatNumber(neighbor.similarity, 2)}) as row ${earlier.row}: “${shownValue(earlier.description)}”`;
    const rule = neighbor.exact ? "duplicate-description" : "near-duplicate-description";
    return [rowFinding(table, row, column(table), { rule, severity: "warning", value, message })];
  });
}
