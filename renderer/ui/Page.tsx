import { Box, Group, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { useKeptScroll } from "./useKeptScroll.ts";

interface PageProps {
  readonly title: string;
  /** Next to the title: what is selected. */
  readonly lead?: ReactNode;
  /** At the right: the screen's actions. */
  readonly actions?: ReactNode;
  /** The content fills the height and scrolls inside itself (a grid), so the page doesn't scroll. */
  readonly fill?: boolean;
  readonly children: ReactNode;
}

/** One screen: a fixed title bar and a body. */
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
        <Group gap={12} wrap="nowrap" miw={0}>
          <Title order={1}>{title}</Title>
          {lead}
        </Group>
        <Group gap={8} wrap="nowrap">
          {actions}
        </Group>
      </Group>
      {/* A scrolling body is focusable, so that the keyboard can scroll it. */}
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
