/**
 * Returns how long a server asks us to wait, in milliseconds: `retry-after-ms`, otherwise `retry-after` in seconds or
 * as an HTTP date (RFC 9110, 10.2.3). A date counts from the server's own `date`, otherwise from our wall clock, which
 * may be wrong. A date in the past is 0. Null if both are absent or invalid.
 */
export function retryAfterMs(headers: Headers | undefined, wallTime: number): number | null {
  const milliseconds = headers?.get("retry-after-ms")?.trim() ?? "";
  if (/^\d+(\.\d+)?$/.test(milliseconds)) return Number(milliseconds);
  const value = headers?.get("retry-after")?.trim() ?? "";
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value) * 1000;
  const date = /[a-z]{3}/i.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(date)) return null;
  const theirs = Date.parse(headers?.get("date") ?? "");
  return Math.max(0, date - (Number.isNaN(theirs) ? wallTime : theirs));
}
