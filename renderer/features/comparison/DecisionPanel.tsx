import { Box, Button, Group, List, Spoiler, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { decisionWords, settingsWords } from "../../../shared/domain/report/decisionWords.ts";
import { reasonsAndLuck } from "../../../shared/domain/report/seedWords.ts";
import type { Comparison, Decision } from "../../../shared/schema/comparison.ts";
import { Panel } from "../../ui/Panel.tsx";
import { DecisionSettings } from "./DecisionSettings.tsx";
import { describeScope, messages } from "./messages.ts";
import { RuleTables } from "./RuleTables.tsx";
import type { SettingsState } from "./useDecisionSettings.ts";

const ink: Record<Decision, string> = {
  ship: "var(--nw-better)",
  "do-not-ship": "var(--nw-worse)",
  undecided: "var(--nw-noise)",
};
const sign: Record<Decision, string> = { ship: "↑", "do-not-ship": "↓", undecided: "–" };

interface DecisionPanelProps {
  readonly comparison: Comparison;
  readonly settings: SettingsState;
}

/** Shows the decision, its reasons, the tests behind it, and by which settings it was made. */
export function DecisionPanel({ comparison, settings }: DecisionPanelProps) {
  const { decision, candidate, changedSettings } = comparison;
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <Panel
      title={messages.decision.title(candidate.name)}
      actions={
        <Button variant="default" onClick={open}>
          {messages.settings.title}
        </Button>
      }
    >
      <DecisionSettings comparison={comparison} state={settings} opened={opened} onClose={close} />
      <Stack gap={8}>
        <Box>
          <Text size="lg" fw={600} c={ink[decision]}>
            {sign[decision]} {decisionWords[decision]}
          </Text>
          <Text c="dimmed">{describeScope(comparison)}</Text>
        </Box>
        {changedSettings.length === 0 ? null : (
          <Group gap={8}>
            <Text size="sm" fw={600}>
              {settingsWords(changedSettings)}
            </Text>
            <Button variant="default" size="compact-sm" onClick={settings.reset}>
              {messages.settings.reset}
            </Button>
          </Group>
        )}
        <List size="sm" spacing={2}>
          {reasonsAndLuck(comparison).map((reason) => (
            <List.Item key={reason}>{reason}</List.Item>
          ))}
        </List>
        <Spoiler
          maxHeight={0}
          showLabel={messages.decision.showTests}
          hideLabel={messages.decision.hideTests}
        >
          <RuleTables comparison={comparison} />
        </Spoiler>
      </Stack>
    </Panel>
  );
}
