import { Stack } from "@mantine/core";
import { Panel } from "../../ui/Panel.tsx";
import { JudgeForm } from "./JudgeForm.tsx";
import { JudgeTestPanel } from "./JudgeTestPanel.tsx";
import { KeyPanel } from "./KeyPanel.tsx";
import type { SectionProps } from "./section.ts";

/** The LLM that judges names and writes rows: where it is, its key, and whether it answers. */
export function JudgeSection({ settings }: SectionProps) {
  return (
    <Stack gap={16}>
      <Panel title="Endpoint and model">
        <JudgeForm
          // What the host says after a save is what the form begins with again.
          key={JSON.stringify(settings.judge)}
          judge={settings.judge}
        />
      </Panel>
      <KeyPanel settings={settings} name="OPENAI_API_KEY" />
      <JudgeTestPanel />
    </Stack>
  );
}
