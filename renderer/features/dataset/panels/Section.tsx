import { Box, Title } from "@mantine/core";
import type { ReactNode } from "react";

/** A titled part of a side panel. */
export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Box component="section" aria-label={title}>
      <Title order={3} mb={4}>
        {title}
      </Title>
      {children}
    </Box>
  );
}
