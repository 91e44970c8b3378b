/** The browser that is there, or null. `CHROMIUM` names another one. */
export function findChromium(env?: Record<string, string | undefined>): string | null;
