export const gib = 1024 ** 3;

/** Bytes as people read them: "12.3 GiB". */
export function asGib(bytes: number): string {
  return `${(bytes / gib).toFixed(1)} GiB`;
}
