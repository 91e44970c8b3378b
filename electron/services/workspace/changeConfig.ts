import path from "node:path";
import { Failure } from "../../../shared/domain/failure.ts";
import { type WorkspaceConfig, WorkspaceConfigSchema } from "../../../shared/schema/workspace.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { configFile, type Workspace } from "./workspace.ts";

/**
 * Changes `namewright.json`, of which what another process wrote meanwhile is kept. The open workspace's own config is
 * changed in place, so that each of its services sees it.
 *
 * @throws Failure `bad-value` where the file is none any more
 */
export async function changeConfig(
  files: FileLayer,
  workspace: Workspace,
  change: (config: WorkspaceConfig) => WorkspaceConfig,
): Promise<void> {
  const file = path.join(workspace.folder, configFile);
  await workspace.writing("change namewright.json", async () => {
    const there = WorkspaceConfigSchema.safeParse(JSON.parse(await files.readText(file)));
    if (!there.success) {
      throw new Failure("bad-value", `${file} cannot be read as a workspace's`, {
        file,
        hint: "Mend it or restore it from git; nothing was changed.",
      });
    }
    const next = WorkspaceConfigSchema.parse(change(there.data));
    await files.writeAtomic(file, `${JSON.stringify(next, null, 2)}\n`);
    Object.assign(workspace.config, next);
  });
}
