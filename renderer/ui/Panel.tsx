import { Group, Paper, Title } from "@mantine/core";
import type { ReactNode } from "react";

interface PanelProps {
  readonly title: string;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A titled, outlined section of a screen. */
export function Panel({ title, actions, children }: PanelProps) {
  return (
    <Paper p={12} component="section" aria-label={title}>
      <Group justify="space-between" mb={8} wrap="nowrap">
        <Title order={2}>{title}</Title>
        {actions}
      </Group>
      {children}
    </Paper>
  );
}
