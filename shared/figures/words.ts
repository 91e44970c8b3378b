import { formatCount } from "../domain/format/count.ts";
import { formatNumber } from "../domain/format/number.ts";
import { scaleWords } from "../domain/report/words.ts";
import type { VersionReport } from "../schema/report.ts";

/** The judge's kind and mean score, for a figure's second line. */
export function scoreWords(report: VersionReport): string {
  const { label, mean, n } = report.score;
  const value = mean === null ? `– (${n === 0 ? "no rows scored" : "undefined"})` : formatNumber(mean);
  return `judged by ${scaleWords(report)} · ${label} ${value}, n ${formatCount(n)}`;
}

// What XML may not hold at all, escaped or not.
const notXml = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** Text that can stand in an SVG file, on one line. */
export function plain(text: string): string {
  return text.replace(notXml, "\ufffd").replace(/\s+/g, " ").trim();
}
