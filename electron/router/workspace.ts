import { implement } from "@orpc/server";
import { workspaceContract } from "../../shared/contract/workspace.ts";
import type { Overview } from "../../shared/schema/overview.ts";
import type { WorkspaceInfo } from "../../shared/schema/workspace.ts";

/** The service of the workspace domain: describes the open workspace and creates new ones. */
export interface WorkspaceService {
  info(): Promise<WorkspaceInfo>;
  /** Returns the state of the loop in the workspace, what is out of date, and the next step. */
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
