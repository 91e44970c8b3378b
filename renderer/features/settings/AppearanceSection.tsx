import { SegmentedControl, Stack, Text } from "@mantine/core";
import { ThemeSchema } from "../../../shared/schema/settings.ts";
import { FailureNotice } from "../../ui/FailureNotice.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { useTheme } from "../../ui/useTheme.ts";

/** Light, dark, or as the system has it. */
export function AppearanceSection() {
  const { theme, setTheme, error } = useTheme();
  return (
    <Panel title="Theme">
      <Stack gap={8} align="flex-start">
        <SegmentedControl
          aria-label="Theme"
          value={theme}
          onChange={(value) => setTheme(ThemeSchema.parse(value))}
          data={[
            { value: "system", label: "As the system" },
            { value: "light", label: "Light" },
            { value: "dark", label: "Dark" },
          ]}
        />
        <Text size="xs" c="dimmed">
          Kept in your settings, for every window and browser. The palette (Ctrl/⌘ K) changes it too.
        </Text>
        {error === null ? null : <FailureNotice error={error} title="The theme was not kept" />}
      </Stack>
    </Panel>
  );
}
