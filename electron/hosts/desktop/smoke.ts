import type Electron from "electron";

/** Asks the page until its first screen stands: a heading, and no error's. */
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

/** Whether the first screen renders, in a line for whoever started us with \`--smoke\`. */
export async function smoke(window: Electron.BrowserWindow): Promise<{ passed: boolean; line: string }> {
  try {
    const heading: unknown = await window.webContents.executeJavaScript(firstScreenQuestion);
    if (typeof heading === "string" && heading !== "")
      return { passed: true, line: `the first screen stands: ${heading}` };
    return { passed: false, line: "no screen stood within 30 s" };
  } catch (error) {
    return { passed: false, line: `the page could not be asked: ${String(error)}` };
  }
}
