import type { Interval } from "../../schema/comparison.ts";
import { groupThousands } from "./count.ts";

/** What is shown where a value is undefined: never a zero. */
export const undefinedValue = "–";

/** The real minus sign, U+2212. */
const minus = "−";

function magnitude(value: number, digits: number): string {
  return groupThousands(Math.abs(value).toFixed(digits));
}

const isZero = (text: string): boolean => !/[1-9]/.test(text);

/** Returns a value with a fixed number of decimals, three by default; "–" for null. */
export function formatNumber(value: number | null, digits = 3): string {
  if (value === null) return undefinedValue;
  const text = magnitude(value, digits);
  return value < 0 && !isZero(text) ? `${minus}${text}` : text;
}

/** Returns a whole number as a count and any other, such as a median or a sum of shares, with one decimal. */
export function formatQuantity(value: number): string {
  return formatNumber(value, Number.isInteger(value) ? 0 : 1);
}

/** Returns a change with its sign; one that rounds to zero is "±0.000"; "–" for null. */
export function formatSigned(value: number | null, digits = 3): string {
  if (value === null) return undefinedValue;
  const text = magnitude(value, digits);
  if (isZero(text)) return `±${text}`;
  return `${value > 0 ? "+" : minus}${text}`;
}

/** Returns `[low, high]`; "–" for null. */
export function formatInterval(ci95: Interval, digits = 3): string {
  if (ci95 === null) return undefinedValue;
  return `[${formatNumber(ci95[0], digits)}, ${formatNumber(ci95[1], digits)}]`;
}

/** Returns the interval of a change: its ends have signs, except an end that rounds to zero; "–" for null. */
export function formatSignedInterval(ci95: Interval, digits = 3): string {
  if (ci95 === null) return undefinedValue;
  const end = (value: number): string => formatSigned(value, digits).replace("±", "");
  return `[${end(ci95[0])}, ${end(ci95[1])}]`;
}

/** Returns the level of an interval that leaves out `alpha`: `95 %`, `99 %`, `99.95 %`. */
export function formatLevel(alpha: number): string {
  return `${Number((100 * (1 - alpha)).toFixed(3))} %`;
}

/** Returns a share of a whole as a decimal from 0 to 1 with three decimals, never in percent; "–" for null. */
export function formatShare(share: number | null): string {
  return formatNumber(share);
}

/** Returns the share that a part has of a whole; "–" where the whole is 0. */
export function formatShareOf(part: number, whole: number): string {
  return formatShare(whole === 0 ? null : part / whole);
}

/** Returns three significant digits without trailing zeros: 0.0002, 1.5, 12,300, 2e−5; "–" for null. */
export function formatSignificant(value: number | null): string {
  if (value === null) return undefinedValue;
  if (value === 0) return "0";
  const size = Math.abs(value);
  const text =
    size < 1e-4 || size >= 1e7
      ? size
          .toExponential(2)
          .replace(/\.?0*e/, "e")
          .replace("e+", "e")
          .replace("e-", `e${minus}`)
      : groupThousands(String(Number(size.toPrecision(3))));
  return value < 0 ? `${minus}${text}` : text;
}
