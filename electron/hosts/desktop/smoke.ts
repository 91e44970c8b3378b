import type Electron from "electron";

/** Polls the page until its first screen shows a heading, for at most 30 s. */
export const firstScreenQuestion = `new Promise((resolve) => {
  const until = Date.now() + 30000;
  const look = () => {
    const heading = document.querySelector("main h1, main h2");
    if (heading !== null && heading.textContent.trim() !== "") resolve(heading.textContent.trim());
    else if (Date.now() > until) resolve("");
    else setTimeout(look, 100);
  };
  look();
})`;

/** Checks whether the first screen renders and returns a line to print for `--smoke`. */
export async function smoke(window: Electron.BrowserWindow): Promise<{ passed: boolean; line: string }> {
  try {
    const heading: unknown = await window.webContents.executeJavaScript(firstScreenQuestion);
    if (typeof heading === "string" && heading !== "")
      return { passed: true, line: `the first screen rendered: ${heading}` };
    return { passed: false, line: "no screen rendered within 30 s" };
  } catch (error) {
    return { passed: false, line: `couldn't query the page: ${String(error)}` };
  }
}
