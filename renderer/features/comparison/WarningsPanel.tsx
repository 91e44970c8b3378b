import { Box, Code, List, Spoiler, Stack, Table, Text } from "@mantine/core";
import { pluralize } from "../../../shared/domain/format/count.ts";
import { shortHash } from "../../../shared/domain/format/hash.ts";
import { formatP } from "../../../shared/domain/format/probability.ts";
import type { Comparison } from "../../../shared/schema/comparison.ts";
import { Panel } from "../../ui/Panel.tsx";

/** What a reader must know before trusting the figures: another judge, test set or prompt, flipped labels, gaps. */
export function WarningsPanel({ comparison }: { comparison: Comparison }) {
  const { warnings, stampDifferences, labelFlips, candidate } = comparison;
  if (warnings.length === 0) return null;
  return (
    <Box style={{ borderLeft: "3px solid var(--nw-worse)", borderRadius: 4 }}>
      <Panel title={`Before you trust the figures of ${candidate.name}`}>
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

/** What the two results depend on, where it differs. */
function StampTable({ comparison: { stampDifferences, baseline, candidate } }: { comparison: Comparison }) {
  return (
    <Table w="auto">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>differs in</Table.Th>
          <Table.Th>{baseline.name}</Table.Th>
          <Table.Th>{candidate.name}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {stampDifferences.map((difference) => (
          <Table.Tr key={difference.field}>
            <Table.Td>{difference.field}</Table.Td>
            <Table.Td className="nw-mono">{shortHash(difference.baseline)}</Table.Td>
            <Table.Td className="nw-mono">{shortHash(difference.candidate)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

/** Where labels flip, McNemar on own labels is no paired test: the other three stand beside it. */
function Flips({ comparison }: { comparison: Comparison }) {
  const { labelFlips, baseline, candidate, difference } = comparison;
  const { p, sensitivity } = difference.mcnemar;
  return (
    <>
      {sensitivity === undefined ? null : (
        <Text size="sm" className="nw-figures">
          McNemar’s p by each file’s own labels {formatP(p)}, by {baseline.name}’s{" "}
          {formatP(sensitivity.baselineLabels)}, by {candidate.name}’s {formatP(sensitivity.candidateLabels)},
          without the flipped rows {formatP(sensitivity.withoutFlips)}.
        </Text>
      )}
      <Spoiler
        maxHeight={0}
        showLabel={`Show ${pluralize(labelFlips.length, "flipped label")}`}
        hideLabel="Hide flipped labels"
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
