import { Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";

interface EmptyStateProps {
  readonly title: string;
  /** What will stand here. */
  readonly children: ReactNode;
  /** The one button that gets it. */
  readonly action?: ReactNode;
}

/** A place with nothing in it yet: what will stand there, and the one way to get it. */
export function EmptyState({ title, children, action }: EmptyStateProps) {
  return (
    <Stack gap={8} align="flex-start" maw={520} py={24}>
      <Title order={2}>{title}</Title>
      <Text size="sm" c="dimmed">
        {children}
      </Text>
      {action}
    </Stack>
  );
}
