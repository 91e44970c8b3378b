import { implement } from "@orpc/server";
import { hostContract } from "../../shared/contract/host.ts";
import type { HostService } from "../services/host/hostService.ts";

export function hostRouter(service: HostService, workspaceId: string) {
  const os = implement(hostContract);
  return os.router({
    info: os.info.handler(() => service.info(workspaceId)),
    workspaces: os.workspaces.handler(() => service.workspaces()),
    openWorkspace: os.openWorkspace.handler(({ input }) => service.openWorkspace(input.folder)),
    createWorkspace: os.createWorkspace.handler(({ input }) => service.createWorkspace(input)),
    pick: os.pick.handler(({ input }) => service.pick(input.purpose)),
    browse: os.browse.handler(({ input }) => service.browse(input)),
  });
}
