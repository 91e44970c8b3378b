import { Stack } from "@mantine/core";
import { Panel } from "../../ui/Panel.tsx";
import { JudgeForm } from "./JudgeForm.tsx";
import { JudgeTestPanel } from "./JudgeTestPanel.tsx";
import { KeyPanel } from "./KeyPanel.tsx";
import { messages } from "./messages.ts";
import type { SectionProps } from "./section.ts";

/** Settings of the LLM that judges names and writes rows: its endpoint, its key, and a connection test. */
export function JudgeSection({ settings }: SectionProps) {
  return (
    <Stack gap={16}>
      <Panel title={messages.judge.title}>
        <JudgeForm
          // After a save, the form restarts with what the host returns.
          key={JSON.stringify(settings.judge)}
          judge={settings.judge}
        />
      </Panel>
      <KeyPanel settings={settings} name="OPENAI_API_KEY" />
      <JudgeTestPanel />
    </Stack>
  );
}
