// Runs the contents of a package on the fake Electron outside the clone: the first start, inference and figures.
import { standIn } from "./standIn.ts";
import { startBuilt, tell } from "./start.ts";

const { page } = await startBuilt();
const { client } = await page.connect(null);
const { workspaceId } = await client.host.info();
const workspace = await client.workspace.info();
const suggested = await client.playground.suggest({ descriptions: ["a bakery in a small town"] });
const drawn = await client.report.figures({ version: "v1" });
const devTools = standIn.windows[0]?.options.webPreferences?.devTools;
tell({ workspaceId, workspace, suggested, drawn, devTools });
