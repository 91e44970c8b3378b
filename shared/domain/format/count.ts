/** Returns a whole number with thousands separators: "12", "1,234". */
export function formatCount(count: number): string {
  return groupThousands(String(Math.round(count)));
}

/** Returns a count with its noun: "1 row", "2 rows", "1,234 rows". */
export function pluralize(count: number, one: string, many: string = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** Returns a large number with three significant digits: "7.25 B", "1.97 M", "512". */
export function formatLargeCount(count: number): string {
  if (count < 999_500) return formatCount(count);
  const [unit, scale] = count < 999_500_000 ? ["M", 1e6] : ["B", 1e9];
  return `${groupThousands(String(Number((count / scale).toPrecision(3))))} ${unit}`;
}

/** Returns the digits of a plain decimal number, grouped by commas before the decimal point. */
export function groupThousands(digits: string): string {
  const [whole = "", fraction] = digits.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}
