import { Stack, Table, Text } from "@mantine/core";
import { formatCount } from "../../../shared/domain/format/count.ts";
import { formatSigned, formatSignedInterval } from "../../../shared/domain/format/number.ts";
import { formatP } from "../../../shared/domain/format/probability.ts";
import { guardNames, primaryNames } from "../../../shared/domain/report/decisionWords.ts";
import type { Comparison } from "../../../shared/schema/comparison.ts";

const rowsNeeded = (rows: number | null): string => (rows === null ? "–" : formatCount(rows));

/** The primaries and the guards that a decision rests on. */
export function RuleTables({ comparison }: { comparison: Comparison }) {
  const { primaries, guards, baseline, candidate, difference } = comparison;
  const { onlyBaselineCorrect, onlyCandidateCorrect, bothCorrect, neitherCorrect } = difference.mcnemar;
  return (
    <Stack gap={12} pt={8}>
      <Table captionSide="top" w="auto">
        <Table.Caption ta="left" mt={0}>
          Primaries: one must be better, none worse; p adjusted after Holm
        </Table.Caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>primary</Table.Th>
            <Table.Th ta="right">difference</Table.Th>
            <Table.Th ta="right">p</Table.Th>
            <Table.Th ta="right">adjusted p</Table.Th>
            <Table.Th ta="right">rows for 80 % power</Table.Th>
            <Table.Th>verdict</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {primaries.map((primary) => (
            <Table.Tr key={primary.id}>
              <Table.Td>{primaryNames[primary.id]}</Table.Td>
              <Table.Td ta="right">{formatSigned(primary.difference)}</Table.Td>
              <Table.Td ta="right">{formatP(primary.p)}</Table.Td>
              <Table.Td ta="right">{formatP(primary.adjustedP)}</Table.Td>
              <Table.Td ta="right">{rowsNeeded(primary.rowsNeeded)}</Table.Td>
              <Table.Td>{primary.verdict.replaceAll("-", " ")}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Text size="sm" c="dimmed">
        Safety row by row: only {candidate.name} correct {onlyCandidateCorrect}, only {baseline.name} correct{" "}
        {onlyBaselineCorrect}, both {bothCorrect}, neither {neitherCorrect}.
      </Text>
      <Table captionSide="top" w="auto">
        <Table.Caption ta="left" mt={0}>
          Guards: the change’s interval must lie inside the margin
        </Table.Caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>guard</Table.Th>
            <Table.Th ta="right">margin</Table.Th>
            <Table.Th ta="right">difference</Table.Th>
            <Table.Th ta="right">95 % interval</Table.Th>
            <Table.Th ta="right">rows to settle</Table.Th>
            <Table.Th>verdict</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {guards.map((guard) => (
            <Table.Tr key={guard.id}>
              <Table.Td style={{ whiteSpace: "nowrap" }}>{guardNames[guard.id]}</Table.Td>
              <Table.Td ta="right">{formatSigned(guard.margin)}</Table.Td>
              <Table.Td ta="right">{formatSigned(guard.difference)}</Table.Td>
              <Table.Td ta="right" style={{ whiteSpace: "nowrap" }}>
                {formatSignedInterval(guard.ci95)}
              </Table.Td>
              <Table.Td ta="right">{rowsNeeded(guard.rowsNeeded)}</Table.Td>
              <Table.Td>
                {guard.verdict.replaceAll("-", " ")}
                {guard.reason === undefined ? "" : `: ${guard.reason}`}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Stack>
  );
}
