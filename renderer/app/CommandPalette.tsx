import { useMantineColorScheme } from "@mantine/core";
import { Spotlight } from "@mantine/spotlight";
import { useQuery } from "@tanstack/react-query";
import { useLocation } from "wouter";
import { useApi } from "../api/index.ts";
import { useOfferedCommands } from "../ui/commands.ts";
import { screens } from "./screens.ts";

/** Ctrl/Cmd+K: every screen, what the open one offers, and the other workspaces. */
export function CommandPalette({ workspaceId }: { workspaceId: string }) {
  const [, navigate] = useLocation();
  const offered = useOfferedCommands();
  const { setColorScheme } = useMantineColorScheme();
  const known = useQuery(useApi().host.workspaces.queryOptions()).data ?? [];
  const others = known.filter(({ id, gone }) => id !== workspaceId && !gone);
  return (
    <Spotlight
      shortcut="mod + K"
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
            onClick: () => navigate(`/w/${workspaceId}/${path}`),
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
          actions: (["light", "dark", "auto"] as const).map((scheme) => ({
            id: `scheme:${scheme}`,
            label: scheme === "auto" ? "Look as the system" : `Look ${scheme}`,
            onClick: () => setColorScheme(scheme),
          })),
        },
      ].filter(({ actions }) => actions.length > 0)}
    />
  );
}
