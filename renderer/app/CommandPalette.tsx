import { Spotlight } from "@mantine/spotlight";
import { useQuery } from "@tanstack/react-query";
import { useLocation } from "wouter";
import { useApi } from "../api/index.ts";
import { useOfferedCommands } from "../ui/commands.ts";
import { useTheme } from "../ui/useTheme.ts";
import { placeOf } from "./screenHistory.ts";
import { screens } from "./screens.ts";

/** Ctrl/Cmd+K: every screen, what the open one offers, and the other workspaces. */
export function CommandPalette({ workspaceId, current }: { workspaceId: string; current: string }) {
  const [, navigate] = useLocation();
  const offered = useOfferedCommands();
  const { setTheme } = useTheme();
  const known = useQuery(useApi().host.workspaces.queryOptions()).data ?? [];
  const others = known.filter(({ id, gone }) => id !== workspaceId && !gone);
  return (
    <Spotlight
      shortcut="mod + K"
      // In fields too: no letter is typed by it.
      tagsToIgnore={[]}
      nothingFound="Nothing by that name"
      highlightQuery
      limit={30}
      scrollable
      maxHeight={420}
      searchProps={{ placeholder: "Do or find anything", "aria-label": "Do or find anything" }}
      actions={[
        {
          group: "Here",
          actions: offered.map(({ id, label, description, run }) => ({
            id,
            label,
            ...(description === undefined ? {} : { description }),
            onClick: run,
          })),
        },
        {
          group: "Screens",
          actions: screens.map(({ path, name, purpose }) => ({
            id: `screen:${path}`,
            label: name,
            description: purpose,
            onClick: () => navigate(placeOf(workspaceId, path, current)),
          })),
        },
        {
          group: "Workspaces",
          actions: others.map(({ id, name, folder }) => ({
            id: `workspace:${id}`,
            label: `Open ${name}`,
            description: folder,
            onClick: () => navigate(`/w/${id}/overview`),
          })),
        },
        {
          group: "Look",
          actions: (["light", "dark", "system"] as const).map((theme) => ({
            id: `theme:${theme}`,
            label: theme === "system" ? "Look as the system" : `Look ${theme}`,
            onClick: () => setTheme(theme),
          })),
        },
      ].filter(({ actions }) => actions.length > 0)}
    />
  );
}
