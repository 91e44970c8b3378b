import type { WorkspaceHashes } from "../../../shared/schema/overview.ts";
import type { BaseModels } from "../base/baseModel.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { sha256OfFile } from "../hashing/hashing.ts";
import type { Platform } from "../platform.ts";
import { listPrompts } from "../prompts/promptStore.ts";
import { describeWorkspace, type Workspace } from "../workspace/workspace.ts";
import type { ModelStore } from "./modelStore.ts";

export interface HashedParts {
  readonly platform: Pick<Platform, "paths">;
  readonly files: FileLayer;
  readonly workspace: Workspace;
  readonly bases: Pick<BaseModels, "inspect" | "hashOf">;
  readonly models: Pick<ModelStore, "open">;
}

/**
 * Returns the hashes of what the workspace has now, of the adapters only those of `versions`. An adapter that can't be
 * read counts as removed.
 */
export async function workspaceHashes(
  { platform, files, workspace, bases, models }: HashedParts,
  versions: readonly string[],
): Promise<WorkspaceHashes> {
  const { paths } = workspace;
  const { datasets, versions: trained } = await describeWorkspace(files, workspace);
  const { gguf } = await bases.inspect(workspace);
  const adapters: WorkspaceHashes["adapters"] = [];
  for (const version of trained.filter((one) => versions.includes(one))) {
    const model = await models.open(version).catch(() => null);
    if (model !== null) adapters.push({ version, hash: model.adapterHash });
  }
  const hashed: WorkspaceHashes["datasets"] = [];
  for (const version of datasets) hashed.push({ version, hash: await sha256OfFile(paths.dataset(version)) });
  return {
    baseHash: gguf === null ? null : await bases.hashOf(gguf),
    prompts: (await listPrompts({ platform, files, workspace })).map(({ name, hash }) => ({ name, hash })),
    testSet: (await files.exists(paths.testSet)) ? { hash: await sha256OfFile(paths.testSet) } : null,
    datasets: hashed,
    adapters,
  };
}
