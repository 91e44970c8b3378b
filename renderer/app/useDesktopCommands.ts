import { notifications } from "@mantine/notifications";
import { spotlight } from "@mantine/spotlight";
import { useEffect, useEffectEvent } from "react";
import { useLocation } from "wouter";
import { assertNever } from "../../shared/domain/failure.ts";
import { type DesktopCommand, DesktopCommandSchema, desktopChannels } from "../../shared/schema/desktop.ts";
import { deliverFiles } from "../ui/fileDrops.ts";
import { hrefOf } from "./screenHistory.ts";

/** Follows commands from the desktop's menu and notifications. A browser never receives any. */
export function useDesktopCommands(workspaceId: string, current: string): void {
  const [, navigate] = useLocation();
  const follow = useEffectEvent((command: DesktopCommand) => {
    switch (command.kind) {
      case "show":
        return navigate(
          command.workspaceId === undefined || command.workspaceId === workspaceId
            ? hrefOf(workspaceId, command.place, current)
            : `/w/${command.workspaceId}/${command.place}`,
        );
      case "open-workspace":
        return navigate(`/w/${command.workspaceId}/overview`);
      case "import": {
        const files = command.files.map((path) => ({ name: path.split(/[/\\]/).at(-1) ?? path, path }));
        return deliverFiles(files) ? undefined : navigate(`/w/${workspaceId}/datasets`);
      }
      case "palette":
        return spotlight.open();
      case "notice":
        return void notifications.show({ title: command.title, message: command.message, autoClose: false });
      default:
        return assertNever(command);
    }
  });
  useEffect(() => {
    const receive = (event: MessageEvent) => {
      if (event.source !== window || event.data?.type !== desktopChannels.command) return;
      const command = DesktopCommandSchema.safeParse(event.data);
      if (command.success) follow(command.data);
    };
    window.addEventListener("message", receive);
    return () => window.removeEventListener("message", receive);
  }, []);
}
