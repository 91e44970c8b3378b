import { Spotlight } from "@mantine/spotlight";
import { useQuery } from "@tanstack/react-query";
import { useLocation } from "wouter";
import { useApi } from "../api/index.ts";
import { useOfferedCommands } from "../ui/commands.ts";
import { useTheme } from "../ui/useTheme.ts";
import { messages } from "./messages.ts";
import { hrefOf } from "./screenHistory.ts";
import { allScreens } from "./screens.ts";

/** Ctrl/Cmd+K: the commands of the open screen, every screen, and the other workspaces. */
export function CommandPalette({ workspaceId, current }: { workspaceId: string; current: string }) {
  const [, navigate] = useLocation();
  const offered = useOfferedCommands();
  const { setTheme } = useTheme();
  const known = useQuery(useApi().host.workspaces.queryOptions()).data ?? [];
  const others = known.filter(({ id, gone }) => id !== workspaceId && !gone);
  return (
    <Spotlight
      shortcut="mod + K"
      // Works in text fields too, because the shortcut types no letter.
      tagsToIgnore={[]}
      nothingFound={messages.palette.nothingFound}
      highlightQuery
      limit={30}
      scrollable
      maxHeight={420}
      searchProps={{ placeholder: messages.palette.search, "aria-label": messages.palette.search }}
      actions={[
        {
          group: messages.palette.groups.screen,
          actions: offered.map(({ id, label, description, run }) => ({
            id,
            label,
            ...(description === undefined ? {} : { description }),
            onClick: run,
          })),
        },
        {
          group: messages.palette.groups.screens,
          actions: allScreens.map(({ path, name, purpose }) => ({
            id: `screen:${path}`,
            label: name,
            description: purpose,
            onClick: () => navigate(hrefOf(workspaceId, path, current)),
          })),
        },
        {
          group: messages.palette.groups.workspaces,
          actions: others.map(({ id, name, folder }) => ({
            id: `workspace:${id}`,
            label: messages.palette.openWorkspace(name),
            description: folder,
            onClick: () => navigate(`/w/${id}/overview`),
          })),
        },
        {
          group: messages.palette.groups.theme,
          actions: (["light", "dark", "system"] as const).map((theme) => ({
            id: `theme:${theme}`,
            label: messages.palette.theme[theme],
            onClick: () => setTheme(theme),
          })),
        },
      ].filter(({ actions }) => actions.length > 0)}
    />
  );
}
