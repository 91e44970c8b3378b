import { Skeleton, Stack } from "@mantine/core";
import { Page } from "./Page.tsx";

/** Lines where text or a table will stand. */
export function LinesSkeleton({ lines = 6 }: { lines?: number }) {
  return (
    <Stack gap={8} role="status" aria-label="Loading">
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are alike and never change places
        <Skeleton key={line} h={16} w={`${92 - ((line * 17) % 40)}%`} animate={false} />
      ))}
    </Stack>
  );
}

/** A screen whose code or data is on its way. */
export function PageSkeleton({ title }: { title: string }) {
  return (
    <Page title={title}>
      <LinesSkeleton />
    </Page>
  );
}
