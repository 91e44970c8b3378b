import { spawn } from "node:child_process";
import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";

/** A browser has read its page by then, in milliseconds. */
const readWithinMs = 60_000;

const openers: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  darwin: ["open"],
  win32: ["rundll32", "url.dll,FileProtocolHandler"],
};

/**
 * Opens the system's browser at an address that holds the token. It is handed over in a file that only this user can
 * read: what stands on a command line every user of the machine can see. Without a browser the printed address serves.
 */
export async function openBrowser(address: string, userData: string): Promise<void> {
  const file = path.join(userData, `open-${process.pid}.html`);
  const page =
    `<!doctype html><meta charset="utf-8"><title>Namewright</title><meta name="referrer" content="no-referrer">` +
    `<meta http-equiv="refresh" content="0;url=${address}"><a href="${address}">Open Namewright</a>\n`;
  try {
    await mkdir(userData, { recursive: true });
    await rm(file, { force: true });
    await writeFile(file, page, { mode: 0o600, flag: "wx" });
  } catch {
    return;
  }
  const [program = "xdg-open", ...words] = openers[process.platform] ?? [];
  const child = spawn(program, [...words, file], { stdio: "ignore", detached: true });
  child.on("error", () => {});
  child.unref();
  const remove = () => void rm(file, { force: true }).catch(() => {});
  setTimeout(remove, readWithinMs).unref();
}
