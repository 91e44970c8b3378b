/** Returns a whole number with thousands separators: "12", "1,234". */
export function formatCount(count: number): string {
  return groupThousands(String(Math.round(count)));
}

/** Returns a count with its noun: "1 row", "2 rows", "1,234 rows". */
export function pluralize(count: number, one: string, many: string = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** Returns the digits of a plain decimal number, grouped by commas before the decimal point. */
export function groupThousands(digits: string): string {
  const [whole = "", fraction] = digits.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}
