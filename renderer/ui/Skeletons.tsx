import { Skeleton, Stack } from "@mantine/core";
import { Page } from "./Page.tsx";

/** Placeholder lines for text or a table. */
export function LinesSkeleton({ lines = 6 }: { lines?: number }) {
  return (
    <Stack gap={8} role="status" aria-label="Loading">
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are alike and keep their order
        <Skeleton key={line} h={16} w={`${92 - ((line * 17) % 40)}%`} animate={false} />
      ))}
    </Stack>
  );
}

/** Placeholder for a screen whose code or data is loading. */
export function PageSkeleton({ title }: { title: string }) {
  return (
    <Page title={title}>
      <LinesSkeleton />
    </Page>
  );
}
