import { Kbd, NavLink, Stack } from "@mantine/core";
import { Link } from "wouter";
import { screens } from "./screens.ts";
import { WorkspaceSwitcher } from "./WorkspaceSwitcher.tsx";

/** The eight screens, and which workspace they show. */
export function Sidebar({ workspaceId, current }: { workspaceId: string; current: string }) {
  return (
    <Stack gap={4} p={8} component="nav" aria-label="Screens" style={{ flex: 1, minHeight: 0 }}>
      <WorkspaceSwitcher workspaceId={workspaceId} />
      {screens.map(({ path, name, purpose, preload }, index) => (
        <NavLink
          key={path}
          component={Link}
          href={`/w/${workspaceId}/${path}`}
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
