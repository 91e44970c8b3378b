import path from "node:path";
import { type WorkspaceConfig, WorkspaceConfigSchema } from "../../../shared/schema/workspace.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { configFile, readConfig, type Workspace } from "./workspace.ts";

/**
 * Rereads `namewright.json`, because other processes and the user change it while a host is open. Call it where settings
 * decide a result. Updates the open workspace's config in place.
 *
 * @throws Failure `bad-value` when the file is no longer valid
 */
export async function refreshConfig(
  files: FileLayer,
  { folder, config }: Pick<Workspace, "folder" | "config">,
): Promise<void> {
  adopt(config, await readConfig(files, path.join(folder, configFile)));
}

/** Makes `config` equal to `next`, also where optional settings were removed. */
function adopt(config: WorkspaceConfig, next: WorkspaceConfig): void {
  for (const key of Object.keys(config)) if (!(key in next)) Reflect.deleteProperty(config, key);
  Object.assign(config, next);
}

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
    adopt(workspace.config, next);
  });
}
