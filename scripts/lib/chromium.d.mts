/** Returns the installed browser, or null. The variable `CHROMIUM` can name another one. */
export function findChromium(env?: Record<string, string | undefined>): string | null;
