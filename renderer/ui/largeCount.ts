/** A large count: "7.2 B", "1.97 M", "512". */
export function largeCount(count: number): string {
  if (count >= 1e9) return `${(count / 1e9).toPrecision(3)} B`;
  if (count >= 1e6) return `${(count / 1e6).toPrecision(3)} M`;
  return String(count);
}
