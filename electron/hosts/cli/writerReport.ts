import { describeShortfall } from "../../../shared/domain/augmentation/shortfall.ts";
import { formatDollars } from "../../../shared/domain/format/cost.ts";
import { formatCount, pluralize } from "../../../shared/domain/format/count.ts";
import type { Shortfall, WriterReport } from "../../../shared/schema/augmentation.ts";
import { singleLine, truncate } from "./output.ts";

/** The number of shortfalls shown in text. `--json` prints all. */
const shown = 20;

/** Describes what is missing, what an LLM's rows were checked with and what they cost. */
export function writerReportText({ missing, embeddings, spending }: WriterReport): string[] {
  const rows = missing.reduce((sum, short) => sum + short.rows, 0);
  return [
    ...(rows === 0 ? [] : [`${pluralize(rows, "planned row")} missing:`]),
    ...missing.slice(0, shown).map(shortfallLine),
    ...(missing.length > shown
      ? [`  and ${formatCount(missing.length - shown)} more (--json prints all)`]
      : []),
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

function shortfallLine(short: Shortfall): string {
  const reasons =
    short.reasons.length === 0 ? "" : ` (${truncate(singleLine(short.reasons.join(", ")), 80)})`;
  return `  ${formatCount(short.rows)} × ${truncate(singleLine(describeShortfall(short)), 80)}${reasons}`;
}
