/** Seconds that a run took, or has been there for; `now` in milliseconds since 1970. */
export function elapsedSeconds(run: { createdAt: string; endedAt: string | null }, now: number): number {
  const end = run.endedAt === null ? now : Date.parse(run.endedAt);
  return Math.max(0, (end - Date.parse(run.createdAt)) / 1000);
}
