import { Box, Group, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { useKeptScroll } from "./useKeptScroll.ts";

interface PageProps {
  readonly title: string;
  /** Beside the title: what is chosen here. */
  readonly lead?: ReactNode;
  /** At the right: what can be done here. */
  readonly actions?: ReactNode;
  /** The content fills the height and scrolls within itself (a grid) instead of the page scrolling. */
  readonly fill?: boolean;
  readonly children: ReactNode;
}

/** One screen: a title line that stays, and a body. */
export function Page({ title, lead, actions, fill = false, children }: PageProps) {
  const body = useKeptScroll<HTMLDivElement>();
  return (
    <Box style={{ display: "flex", flexDirection: "column", flex: 1, minHeight: 0 }}>
      <Group
        px={16}
        h={48}
        gap={12}
        wrap="nowrap"
        justify="space-between"
        style={{ borderBottom: "1px solid var(--mantine-color-default-border)", flexShrink: 0 }}
      >
        <Group gap={12} wrap="nowrap" style={{ minWidth: 0 }}>
          <Title order={1}>{title}</Title>
          {lead}
        </Group>
        <Group gap={8} wrap="nowrap">
          {actions}
        </Group>
      </Group>
      {/* A body that scrolls can be reached and scrolled by keyboard. */}
      <Box
        ref={body}
        style={{ flex: 1, minHeight: 0, overflow: fill ? "hidden" : "auto" }}
        p={fill ? 0 : 16}
        {...(fill ? {} : { tabIndex: 0, role: "region", "aria-label": title })}
      >
        {children}
      </Box>
    </Box>
  );
}
