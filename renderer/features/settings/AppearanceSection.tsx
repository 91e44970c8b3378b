import { SegmentedControl, Stack } from "@mantine/core";
import { ThemeSchema } from "../../../shared/schema/settings.ts";
import { Caption } from "../../ui/Caption.ts";
import { FailureNotice } from "../../ui/FailureNotice.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { useTheme } from "../../ui/useTheme.ts";
import { messages } from "./messages.ts";

const { theme: text } = messages;

/** Selects the light, dark, or system theme. */
export function AppearanceSection() {
  const { theme, setTheme, error } = useTheme();
  return (
    <Panel title={text.title}>
      <Stack gap={8} align="flex-start">
        <SegmentedControl
          aria-label={text.title}
          value={theme}
          onChange={(value) => setTheme(ThemeSchema.parse(value))}
          data={[
            { value: "system", label: text.system },
            { value: "light", label: text.light },
            { value: "dark", label: text.dark },
          ]}
        />
        <Caption>{text.help}</Caption>
        <FailureNotice error={error} title={text.failed} />
      </Stack>
    </Panel>
  );
}
