import { formatDollars } from "../../../shared/domain/format/cost.ts";
import { pluralize } from "../../../shared/domain/format/count.ts";
import type { WriterReport } from "../../../shared/schema/augmentation.ts";
import { singleLine, truncate } from "./output.ts";

/** The number of cells shown in text. `--json` prints all. */
const shownCells = 20;

/** Describes what an LLM's rows were checked with, what is missing and what they cost. Empty for other writers. */
export function writerReportText({ shortfall, embeddings, spending }: WriterReport): string[] {
  const missing = shortfall.reduce((sum, cell) => sum + cell.missing, 0);
  return [
    ...(missing === 0
      ? []
      : [
          `${pluralize(missing, "row")} missing in ${pluralize(shortfall.length, "cell")}:`,
          ...shortfall
            .slice(0, shownCells)
            .map(
              (cell) =>
                `  ${cell.missing} × ${cell.slice}: ${truncate(singleLine(cell.cell), 60)} (${truncate(singleLine(cell.reasons.join(", ") || "no reply"), 80)})`,
            ),
        ]),
    ...(embeddings === null
      ? []
      : [
          embeddings.kind === "checked"
            ? `descriptions compared by embeddings of ${embeddings.model}`
            : `descriptions not compared by embeddings: ${singleLine(embeddings.reason)}`,
        ]),
    ...(spending === null
      ? []
      : [
          `${pluralize(spending.calls, "LLM call")}${spending.cost === null ? "" : `, ${formatDollars(spending.cost)}`}`,
        ]),
  ];
}
