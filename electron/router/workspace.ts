import { implement } from "@orpc/server";
import { workspaceContract } from "../../shared/contract/workspace.ts";
import type { Overview } from "../../shared/schema/overview.ts";
import type { WorkspaceInfo } from "../../shared/schema/workspace.ts";

/** What the workspace domain needs: the open workspace's description, and the making of a new one. */
export interface WorkspaceService {
  info(): Promise<WorkspaceInfo>;
  /** The loop as the workspace has it, what is stale, and the next step. */
  overview(): Promise<Overview>;
  init(request: {
    folder: string;
    fromSample: boolean;
    name?: string | undefined;
    base?: string | undefined;
    preset?: string | undefined;
  }): Promise<{ workspace: string; written: string[] }>;
}

export function workspaceRouter(service: WorkspaceService) {
  const os = implement(workspaceContract);
  return os.router({
    info: os.info.handler(() => service.info()),
    overview: os.overview.handler(() => service.overview()),
    init: os.init.handler(({ input }) => service.init(input)),
  });
}
