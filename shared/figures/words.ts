import type { Figure, Interval } from "../schema/comparison.ts";
import type { VersionReport } from "../schema/report.ts";

/** Three decimals in every column; "–" where a figure is undefined. */
export function number(value: number | null): string {
  if (value === null) return "–";
  const text = Math.abs(value).toFixed(3);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}

/** With its sign, so that a change reads as one; "±" where it rounds to nothing. */
export function signed(value: number | null): string {
  if (value === null) return "–";
  const text = Math.abs(value).toFixed(3);
  if (Number(text) === 0) return `±${text}`;
  return `${value > 0 ? "+" : "−"}${text}`;
}

/** An end of an interval of a change: signed, but a plain zero. */
export function bound(value: number): string {
  return signed(value).replace("±", "");
}

/** `[low, high]` by the formatter given; "" where there is no interval. */
export function interval(ci95: Interval, format: (value: number) => string = number): string {
  return ci95 === null ? "" : `[${format(ci95[0])}, ${format(ci95[1])}]`;
}

/** A share in per cent with one decimal. */
export function percent(share: number | null): string {
  return share === null ? "–" : `${(100 * share).toFixed(1)} %`;
}

/** A p-value; what is smaller than 0.001 is said so. */
export function pValue(p: number | null): string {
  if (p === null) return "–";
  return p < 0.001 ? "<0.001" : p.toFixed(3);
}

/** "1 row", "2 rows". */
export function counted(count: number, one: string, many: string = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** Value and interval, or "–" and why. */
export function figureText({ value, ci95, reason }: Figure): string {
  if (value === null) return `–  ${reason ?? "undefined"}`;
  return ci95 === null
    ? `${number(value)}  ${reason ?? "no interval"}`
    : `${number(value)}  ${interval(ci95)}`;
}

/** What the scores are: a baseline is said to be one. */
export function scaleWords({ scale, scaleName }: Pick<VersionReport, "scale" | "scaleName">): string {
  return scale === "rule-score" ? `${scaleName} (a baseline)` : `${scaleName} (by an LLM judge)`;
}

/** The judge's kind and mean score, for a figure's second line. */
export function scoreWords(report: VersionReport): string {
  const { label, mean, n } = report.score;
  const value = mean === null ? `– (${n === 0 ? "no rows scored" : "undefined"})` : number(mean);
  return `judged by ${scaleWords(report)} · ${label} ${value}, n ${n}`;
}

// What XML may not hold at all, escaped or not.
const notXml = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** Text that can stand in an SVG file, on one line. */
export function plain(text: string): string {
  return text.replace(notXml, "\ufffd").replace(/\s+/g, " ").trim();
}
