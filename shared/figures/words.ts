import { formatCount } from "../domain/format/count.ts";
import { formatNumber } from "../domain/format/number.ts";
import { scaleWords } from "../domain/report/words.ts";
import type { VersionReport } from "../schema/report.ts";

/** Describes the judge and the mean score for a figure's subtitle. */
export function describeScore(report: VersionReport): string {
  const { label, mean, n } = report.score;
  const value = mean === null ? `– (${n === 0 ? "no rows scored" : "undefined"})` : formatNumber(mean);
  return `judged by ${scaleWords(report)} · ${label} ${value}, n ${formatCount(n)}`;
}

// Characters that XML doesn't allow, escaped or not.
const notXml = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** Returns text on one line without characters that SVG files can't contain. */
export function plain(text: string): string {
  return text.replace(notXml, "\ufffd").replace(/\s+/g, " ").trim();
}
