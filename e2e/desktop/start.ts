import { registerHooks } from "node:module";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { openPage } from "./page.ts";
import { app, standIn } from "./standIn.ts";

export async function until<Value>(look: () => Value | undefined | null | false): Promise<Value> {
  for (;;) {
    const seen = look();
    if (seen) return seen;
    await wait(20);
  }
}

/** Runs the built main as Electron would: Electron is ready only after the whole module has run. */
export async function startBuilt() {
  registerHooks({
    resolve(specifier, context, nextResolve) {
      if (specifier !== "electron") return nextResolve(specifier, context);
      return { url: new URL("./electron.ts", import.meta.url).href, shortCircuit: true };
    },
  });
  await import(pathToFileURL(path.join(app, "out", "desktop", "main.js")).href);
  const openBeforeReady = standIn.windows.length;
  standIn.app.becomeReady();
  const window = await until(() => {
    const [refusal] = standIn.recorder.of("dialog.showErrorBox");
    if (refusal !== undefined) throw new Error(refusal.join(": "));
    return standIn.recorder.of("window.show").length > 0 && standIn.windows[0];
  });
  return { openBeforeReady, window, page: openPage(window) };
}

/** Prints what was observed, and exits. */
export function tell(seen: object): void {
  process.stdout.write(`${JSON.stringify(seen)}\n`, () => process.exit(0));
}
