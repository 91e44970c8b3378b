/** Returns the system code of an error (`ENOENT`), or an empty string if it has none. */
export function systemCode(error: unknown): string {
  if (typeof error !== "object" || error === null || !("code" in error)) return "";
  return typeof error.code === "string" ? error.code : "";
}

/** Whether an error means that the path doesn't or can't exist. */
export function isAbsent(error: unknown): boolean {
  return ["ENOENT", "ENOTDIR", "ENAMETOOLONG", "ELOOP"].includes(systemCode(error));
}
