import path from "node:path";
import { type WorkspaceConfig, WorkspaceConfigSchema } from "../../../shared/schema/workspace.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { configFile, readConfig, type Workspace } from "./workspace.ts";

/**
 * Changes `namewright.json` and keeps changes by other processes. Updates the open workspace's config in place, so that
 * every service sees it.
 *
 * @throws Failure `bad-value` when the file is no longer valid
 */
export async function changeConfig(
  files: FileLayer,
  workspace: Workspace,
  change: (config: WorkspaceConfig) => WorkspaceConfig,
): Promise<void> {
  const file = path.join(workspace.folder, configFile);
  await workspace.writing("change namewright.json", async () => {
    const next = WorkspaceConfigSchema.parse(change(await readConfig(files, file)));
    await files.writeAtomic(file, `${JSON.stringify(next, null, 2)}\n`);
    Object.assign(workspace.config, next);
  });
}
