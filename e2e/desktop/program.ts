// Runs the built main and preload on a fake Electron in a separate process. Prints what it observed as JSON.
import { existsSync } from "node:fs";
import path from "node:path";
import { ORPCError } from "@orpc/client";
import { app, standIn } from "./standIn.ts";
import { startBuilt, tell, until } from "./start.ts";

/** Returns the code and data of a call's error, or that it didn't fail. */
async function failureOf(call: Promise<unknown>): Promise<unknown> {
  try {
    return { answered: await call };
  } catch (error) {
    if (error instanceof ORPCError) return { code: error.code, data: error.data };
    return { thrown: String(error) };
  }
}

/** What a malicious page could send. */
async function attacks(send: (names: string[], input: unknown) => Promise<unknown>) {
  const ask = (names: string[], input: unknown) => failureOf(send(names, input));
  return {
    unknown: await ask(["host", "execute"], { command: "id" }),
    prototype: await ask(["__proto__", "constructor"], {}),
    inherited: await ask(["host", "toString"], {}),
    wrongType: await ask(["host", "openWorkspace"], { folder: 1 }),
    large: await ask(["host", "openWorkspace"], { folder: ["x".repeat(50 * 1024 ** 2)] }),
    polluting: await ask(["playground", "suggest"], JSON.parse('{"__proto__":{"descriptions":["a"]}}')),
    polluted: Reflect.get({}, "descriptions") !== undefined,
  };
}

const { openBeforeReady, window, page } = await startBuilt();
const { client, send } = await page.connect(null);
const seen: Record<string, unknown> = { openBeforeReady };

seen.info = await client.host.info();
seen.workspace = await client.workspace.info();
const suggest = () =>
  client.playground.suggest({ descriptions: ["a bakery in a small town"], version: "v2" });
seen.first = await suggest();
// Killed from outside, like a crash of llama.cpp: the service starts another process and notifies the page.
for (const { child } of standIn.processes) child.kill("SIGKILL");
await until(() => standIn.recorder.of("contents.send").length > 0);
seen.second = await suggest();
seen.told = standIn.recorder.of("contents.send");
seen.attacks = await attacks(send);
const served = standIn.protocols.get("app");
seen.html = await (await served?.({ url: "app://namewright/", method: "GET" } as Request))?.text();

// A run that continues in the tray. When it ends, the program quits.
window.focused = false;
standIn.answers.messageBox.push(1);
const run = await client.evaluation.start({ version: "base", judge: "rule" });
await until(() => standIn.blockers.size > 0);
window.close();
await until(() => standIn.trays.length > 0);
seen.background = { visible: window.visible, destroyed: window.destroyed, ended: standIn.app.ended };
seen.asked = standIn.recorder.of("dialog.showMessageBox");
await until(() => standIn.app.ended !== null);
seen.after = {
  ended: standIn.app.ended,
  trayGone: standIn.trays[0]?.destroyed,
  notifications: standIn.notifications.map(({ options }) => options.title),
  awake: standIn.blockers.size,
  progress: standIn.recorder.of("window.setProgressBar").flat().at(-1),
  results: existsSync(path.join(run.folder, "results.csv")),
};
seen.forks = standIn.recorder.of("utilityProcess.fork").map(([file, args, options]) => ({
  file: path.relative(app, String(file)),
  args,
  options,
}));
tell(seen);
