import { Box, List, Spoiler, Stack, Text } from "@mantine/core";
import { pluralize } from "../../../shared/domain/format/count.ts";
import { decisionWords } from "../../../shared/domain/report/decisionWords.ts";
import type { Comparison, Decision } from "../../../shared/schema/comparison.ts";
import { Panel } from "../../ui/Panel.tsx";
import { RuleTables } from "./RuleTables.tsx";

const ink: Record<Decision, string> = {
  ship: "var(--nw-better)",
  "do-not-ship": "var(--nw-worse)",
  undecided: "var(--nw-noise)",
};
const sign: Record<Decision, string> = { ship: "↑", "do-not-ship": "↓", undecided: "–" };

function scopeWords({ n, decidedOn, heldoutOpenings, baseline, candidate }: Comparison): string {
  const rows = pluralize(n, decidedOn === "heldout" ? "matched held-out row" : "matched row");
  const opened =
    heldoutOpenings === null
      ? ""
      : ` The held-out rows have been opened ${pluralize(heldoutOpenings, "time")}, this one included.`;
  return `${candidate.name} against ${baseline.name} on ${rows}.${opened}`;
}

/** What to do, why, and the tests it rests on. */
export function DecisionPanel({ comparison }: { comparison: Comparison }) {
  const { decision, reasons, candidate } = comparison;
  return (
    <Panel title={`Decision on ${candidate.name}`}>
      <Stack gap={8}>
        <Box>
          <Text size="lg" fw={600} c={ink[decision]}>
            {sign[decision]} {decisionWords[decision]}
          </Text>
          <Text size="sm" c="dimmed">
            {scopeWords(comparison)}
          </Text>
        </Box>
        <List size="sm" spacing={2}>
          {reasons.map((reason) => (
            <List.Item key={reason}>{reason}</List.Item>
          ))}
        </List>
        <Spoiler maxHeight={0} showLabel="Tests and guards" hideLabel="Hide tests and guards">
          <RuleTables comparison={comparison} />
        </Spoiler>
      </Stack>
    </Panel>
  );
}
