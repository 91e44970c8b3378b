import { AppShell } from "@mantine/core";
import { useDisclosure, useHotkeys } from "@mantine/hooks";
import { Suspense, useState } from "react";
import { Redirect, useLocation } from "wouter";
import { ScreenBoundary } from "../ui/ScreenBoundary.tsx";
import { PageSkeleton } from "../ui/Skeletons.tsx";
import { useKeptTheme } from "../ui/useTheme.ts";
import { CommandPalette } from "./CommandPalette.tsx";
import { ConnectionNotice } from "./ConnectionNotice.tsx";
import { FileDrop } from "./FileDrop.tsx";
import { RunTray } from "./RunTray.tsx";
import { ShortcutList } from "./ShortcutList.tsx";
import { Sidebar } from "./Sidebar.tsx";
import { hrefOf } from "./screenHistory.ts";
import type { Screen } from "./screens.ts";
import { allScreens, screens } from "./screens.ts";
import { useDesktopCommands } from "./useDesktopCommands.ts";

/** Handles the digits that open screens and `?` for the list of shortcuts, outside text fields. */
function useShellKeys(workspaceId: string, current: string) {
  const [, navigate] = useLocation();
  const [listOpened, list] = useDisclosure(false);
  useHotkeys([
    ...screens.map(({ path }, index): [string, () => void] => [
      String(index + 1),
      () => navigate(hrefOf(workspaceId, path, current)),
    ]),
    // Some keyboards type `?` without Shift.
    ["shift+?", list.toggle],
    ["?", list.toggle],
  ]);
  return { listOpened, closeList: list.close };
}

/** The window: the sidebar, the screen named in the URL, and the tray of running jobs. */
export function Shell({ workspaceId, screen }: { workspaceId: string; screen: string }) {
  const shown = allScreens.find(({ path }) => path === screen);
  const keys = useShellKeys(workspaceId, screen);
  useDesktopCommands(workspaceId, screen);
  useKeptTheme();
  if (shown === undefined) return <Redirect to={`/w/${workspaceId}/overview`} replace />;
  return (
    <AppShell navbar={{ width: 200, breakpoint: 0 }} padding={0}>
      <AppShell.Navbar bg="var(--nw-sunken)">
        <Sidebar workspaceId={workspaceId} current={shown.path} />
        <RunTray workspaceId={workspaceId} />
      </AppShell.Navbar>
      <AppShell.Main h="100dvh" style={{ display: "flex", flexDirection: "column", overflow: "hidden" }}>
        <ConnectionNotice />
        <ScreenBoundary key={shown.path}>
          <Suspense fallback={<PageSkeleton title={shown.name} />}>
            <ShownScreen screen={shown} />
          </Suspense>
        </ScreenBoundary>
      </AppShell.Main>
      <FileDrop workspaceId={workspaceId} />
      <CommandPalette workspaceId={workspaceId} current={shown.path} />
      <ShortcutList opened={keys.listOpened} onClose={keys.closeList} />
    </AppShell>
  );
}

/**
 * Shows a screen without delay if its chunk is already loaded. `lazy` would show its fallback first, which React then
 * keeps for about 0.3 s. The component stays the same until the screen changes.
 */
function ShownScreen({ screen }: { screen: Screen }) {
  const [Component] = useState(screen.component);
  return <Component />;
}
