import { Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";

interface EmptyStateProps {
  readonly title: string;
  /** What will appear here. */
  readonly children: ReactNode;
  /** The button that leads there. */
  readonly action?: ReactNode;
}

/** Says what will appear in an empty place and offers the action that leads there. */
export function EmptyState({ title, children, action }: EmptyStateProps) {
  return (
    <Stack gap={8} align="flex-start" maw={520} py={24}>
      <Title order={2}>{title}</Title>
      <Text c="dimmed">{children}</Text>
      {action}
    </Stack>
  );
}
