const units = ["kB", "MB", "GB", "TB"];

/**
 * Returns a size in decimal units (powers of 1000), the same on every screen: "812 B", "14.5 GB", "527 MB". One
 * decimal below 100 of a unit, none from there on; whole bytes below 1 kB.
 */
export function formatBytes(count: number): string {
  if (count < 999.5) return `${Math.round(count)} B`;
  let value = count / 1000;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${value < 99.95 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}
