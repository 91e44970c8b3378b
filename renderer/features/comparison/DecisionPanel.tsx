import { Box, List, Spoiler, Stack, Text } from "@mantine/core";
import { decisionWords } from "../../../shared/domain/report/decisionWords.ts";
import { reasonsAndLuck } from "../../../shared/domain/report/seedWords.ts";
import type { Comparison, Decision } from "../../../shared/schema/comparison.ts";
import { Panel } from "../../ui/Panel.tsx";
import { describeScope, messages } from "./messages.ts";
import { RuleTables } from "./RuleTables.tsx";

const ink: Record<Decision, string> = {
  ship: "var(--nw-better)",
  "do-not-ship": "var(--nw-worse)",
  undecided: "var(--nw-noise)",
};
const sign: Record<Decision, string> = { ship: "↑", "do-not-ship": "↓", undecided: "–" };

/** Shows the decision, its reasons, and the tests behind it. */
export function DecisionPanel({ comparison }: { comparison: Comparison }) {
  const { decision, candidate } = comparison;
  return (
    <Panel title={messages.decision.title(candidate.name)}>
      <Stack gap={8}>
        <Box>
          <Text size="lg" fw={600} c={ink[decision]}>
            {sign[decision]} {decisionWords[decision]}
          </Text>
          <Text c="dimmed">{describeScope(comparison)}</Text>
        </Box>
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
