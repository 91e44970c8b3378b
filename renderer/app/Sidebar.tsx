import { Kbd, NavLink, Stack } from "@mantine/core";
import { useEffect } from "react";
import { Link, useSearch } from "wouter";
import { hrefOf, rememberScreen } from "./screenHistory.ts";
import { screens } from "./screens.ts";
import { WorkspaceSwitcher } from "./WorkspaceSwitcher.tsx";

/** Links to the eight screens, each with its last URL, and the workspace switcher. */
export function Sidebar({ workspaceId, current }: { workspaceId: string; current: string }) {
  const query = useSearch();
  useEffect(() => rememberScreen(workspaceId, current, query), [workspaceId, current, query]);
  return (
    <Stack gap={4} p={8} component="nav" aria-label="Screens" flex={1} mih={0}>
      <WorkspaceSwitcher workspaceId={workspaceId} />
      {screens.map(({ path, name, purpose, preload }, index) => (
        <NavLink
          key={path}
          component={Link}
          href={hrefOf(workspaceId, path, current)}
          label={name}
          title={purpose}
          active={path === current}
          aria-current={path === current ? "page" : undefined}
          onMouseEnter={() => void preload()}
          rightSection={<Kbd size="xs">{index + 1}</Kbd>}
          px={8}
          py={4}
        />
      ))}
    </Stack>
  );
}
