import { Box, Text } from "@mantine/core";

/** What runs, always in view. */
export function RunTray(_props: { workspaceId: string }) {
  return (
    <Box p={8} component="section" aria-label="Running">
      <Text size="xs" c="dimmed">
        Nothing is running
      </Text>
    </Box>
  );
}
