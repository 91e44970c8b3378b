// Plain JavaScript without packages: setup runs this before anything is installed, on Node 20.

/**
 * Returns the system code of an error (`ENOENT`), or an empty string if it has none.
 * @param {unknown} error
 * @returns {string}
 */
export function systemCode(error) {
  if (typeof error !== "object" || error === null || !("code" in error)) return "";
  return typeof error.code === "string" ? error.code : "";
}

/**
 * Whether an error means that the path doesn't or can't exist.
 * @param {unknown} error
 * @returns {boolean}
 */
export function isAbsent(error) {
  return ["ENOENT", "ENOTDIR", "ENAMETOOLONG", "ELOOP"].includes(systemCode(error));
}
