import type { Interval } from "../../schema/comparison.ts";
import type { VersionReport } from "../../schema/report.ts";

/** Three decimals, the same in every column; "–" where a figure is undefined. */
export function number(value: number | null): string {
  if (value === null) return "–";
  const text = Math.abs(value).toFixed(3);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}

/** Three significant digits, as short as that allows: 0.0002, 1.5, 12,300; "–" where a figure is undefined. */
export function significant(value: number | null): string {
  if (value === null) return "–";
  if (value === 0) return "0";
  const size = Math.abs(value);
  const text =
    size < 1e-4 || size >= 1e7
      ? size
          .toExponential(2)
          .replace(/\.?0*e/, "e")
          .replace("e+", "e")
      : withThousands(String(Number(size.toPrecision(3))));
  return value < 0 ? `−${text}` : text;
}

function withThousands(text: string): string {
  const [whole = "", part] = text.split(".");
  const grouped = whole.length < 5 ? whole : whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return part === undefined ? grouped : `${grouped}.${part}`;
}

/** With its sign, so that a change reads as one; "±" where it rounds to nothing. */
export function signed(value: number | null): string {
  if (value === null) return "–";
  const text = Math.abs(value).toFixed(3);
  if (Number(text) === 0) return `±${text}`;
  return `${value > 0 ? "+" : "−"}${text}`;
}

/** `[low, high]`; "–" where there is none. */
export function interval(ci95: Interval): string {
  return ci95 === null ? "–" : `[${number(ci95[0])}, ${number(ci95[1])}]`;
}

/** An interval of a change: its ends have signs, but for a plain zero. */
export function changeInterval(ci95: Interval): string {
  const end = (value: number): string => signed(value).replace("±", "");
  return ci95 === null ? "–" : `[${end(ci95[0])}, ${end(ci95[1])}]`;
}

/** A share in per cent with one decimal. */
export function percent(share: number | null): string {
  return share === null ? "–" : `${(100 * share).toFixed(1)} %`;
}

/** A relative change in per cent, signed like `signed`. */
export function signedPercent(change: number | null): string {
  if (change === null) return "–";
  const text = Math.abs(100 * change).toFixed(1);
  if (Number(text) === 0) return `±${text} %`;
  return `${change > 0 ? "+" : "−"}${text} %`;
}

/** A p-value; what is smaller than 0.001 is said so. */
export function pValue(p: number | null): string {
  if (p === null) return "–";
  return p < 0.001 ? "<0.001" : p.toFixed(3);
}

/** A probability to three decimals; what rounds to nothing is said to be small, not zero. */
export function probability(p: number | null): string {
  return p !== null && p < 0.0005 ? "<0.001" : number(p);
}

/** "1 row", "2 rows". */
export function counted(count: number, one: string, many: string = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** What the scores are: a baseline is said to be one. */
export function scaleWords({ scale, scaleName }: Pick<VersionReport, "scale" | "scaleName">): string {
  return scale === "rule-score" ? `${scaleName} (a baseline)` : `${scaleName} (by an LLM judge)`;
}

/** What a change means: `open` where its interval covers 0 or it has none. */
export type Verdict = "better" | "worse" | "open";

export function verdictOf(better: "higher" | "lower", change: number | null, ci95: Interval): Verdict {
  if (change === null || change === 0 || ci95 === null || (ci95[0] <= 0 && ci95[1] >= 0)) return "open";
  return change > 0 === (better === "higher") ? "better" : "worse";
}

/** Beside every colour: a word and an arrow. */
export const verdictWords = { better: "↑ better", worse: "↓ worse", open: "" } as const satisfies Record<
  Verdict,
  string
>;
