/** Returns the first 12 digits of a sha256 or a commit; any other value unchanged; "none" for null. */
export function shortHash(value: string | null): string {
  if (value === null) return "none";
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(value) ? value.slice(0, 12) : value;
}
