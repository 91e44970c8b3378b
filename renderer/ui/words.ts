const units = ["B", "KiB", "MiB", "GiB", "TiB"] as const;

/** A size with three digits at most, as doctor gives it: 1024 bytes to the KiB. */
export function bytes(size: number): string {
  const power = size < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(size) / 10));
  const value = size / 1024 ** power;
  return `${power === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[power]}`;
}

/** A time still to go, roughly: "40 s", "3 min", "1 h 20 min". */
export function roughTime(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** A large count: "7.2 B", "1.97 M", "512". */
export function largeCount(count: number): string {
  if (count >= 1e9) return `${(count / 1e9).toPrecision(3)} B`;
  if (count >= 1e6) return `${(count / 1e6).toPrecision(3)} M`;
  return String(count);
}
