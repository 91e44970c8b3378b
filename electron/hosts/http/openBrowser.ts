import { spawn } from "node:child_process";
import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";

/** The time in which a browser reads its page, in milliseconds. */
const readWithinMs = 60_000;

const openers: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  darwin: ["open"],
  win32: ["rundll32", "url.dll,FileProtocolHandler"],
};

/**
 * Opens the system's browser at an address with the token. The address is passed in a file that only this user can
 * read, because every user of the machine can see command lines. Without a browser, the printed address works.
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
