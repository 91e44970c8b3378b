import { Box, Code, List, Spoiler, Stack, Text } from "@mantine/core";
import { shortHash } from "../../../shared/domain/format/hash.ts";
import { formatP } from "../../../shared/domain/format/probability.ts";
import type { Comparison } from "../../../shared/schema/comparison.ts";
import { DataTable } from "../../ui/DataTable.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { messages } from "./messages.ts";

/** Warns before the figures are trusted: a different judge, test set, or prompt, flipped labels, missing rows. */
export function WarningsPanel({ comparison }: { comparison: Comparison }) {
  const { warnings, stampDifferences, labelFlips, candidate } = comparison;
  if (warnings.length === 0) return null;
  return (
    <Box style={{ borderLeft: "3px solid var(--nw-worse)", borderRadius: 4 }}>
      <Panel title={messages.warnings.title(candidate.name)}>
        <Stack gap={8}>
          <List size="sm">
            {warnings.map(({ code, message }) => (
              <List.Item key={`${code} ${message}`}>
                {message} <Code>{code}</Code>
              </List.Item>
            ))}
          </List>
          {stampDifferences.length === 0 ? null : <StampTable comparison={comparison} />}
          {labelFlips.length === 0 ? null : <Flips comparison={comparison} />}
        </Stack>
      </Panel>
    </Box>
  );
}

const mono = { className: "nw-mono" };

/** Shows the differences between the stamps of the two results. */
function StampTable({ comparison: { stampDifferences, baseline, candidate } }: { comparison: Comparison }) {
  return (
    <DataTable
      w="auto"
      rows={stampDifferences}
      keyOf={({ field }) => field}
      columns={[
        { title: messages.warnings.differsIn, cell: ({ field }) => field },
        { title: baseline.name, td: mono, cell: (difference) => shortHash(difference.baseline) },
        { title: candidate.name, td: mono, cell: (difference) => shortHash(difference.candidate) },
      ]}
    />
  );
}

/**
 * Shows flipped labels with McNemar's p under three other labelings, because with each file's own labels the test
 * isn't paired.
 */
function Flips({ comparison }: { comparison: Comparison }) {
  const { labelFlips, baseline, candidate, difference } = comparison;
  const { p, sensitivity } = difference.mcnemar;
  return (
    <>
      {sensitivity === undefined ? null : (
        <Text className="nw-figures">
          McNemar’s p with each file’s own labels {formatP(p)}, with {baseline.name}’s labels{" "}
          {formatP(sensitivity.baselineLabels)}, with {candidate.name}’s labels{" "}
          {formatP(sensitivity.candidateLabels)}, and without the flipped rows{" "}
          {formatP(sensitivity.withoutFlips)}.
        </Text>
      )}
      <Spoiler
        maxHeight={0}
        showLabel={messages.warnings.showFlips(labelFlips.length)}
        hideLabel={messages.warnings.hideFlips}
      >
        <List size="sm">
          {labelFlips.map((flip) => (
            <List.Item key={flip.description}>
              {flip.baseline} → {flip.candidate}: {flip.description}
            </List.Item>
          ))}
        </List>
      </Spoiler>
    </>
  );
}
