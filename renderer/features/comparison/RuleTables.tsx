import { Stack, Table, Text } from "@mantine/core";
import { formatCount } from "../../../shared/domain/format/count.ts";
import { formatSigned, formatSignedInterval } from "../../../shared/domain/format/number.ts";
import { formatP } from "../../../shared/domain/format/probability.ts";
import { guardNames, primaryNames } from "../../../shared/domain/report/decisionWords.ts";
import type { Comparison } from "../../../shared/schema/comparison.ts";
import { messages } from "./messages.ts";

const { rules: text } = messages;

const rowsNeeded = (rows: number | null): string => (rows === null ? "–" : formatCount(rows));

/** Shows the primary outcomes and the guards that decide. */
export function RuleTables({ comparison }: { comparison: Comparison }) {
  const { primaries, guards, baseline, candidate, difference } = comparison;
  const { onlyBaselineCorrect, onlyCandidateCorrect, bothCorrect, neitherCorrect } = difference.mcnemar;
  return (
    <Stack gap={12} pt={8}>
      <Table captionSide="top" w="auto">
        <Table.Caption ta="left" mt={0}>
          {text.primaries}
        </Table.Caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{text.primary}</Table.Th>
            <Table.Th ta="right">{text.difference}</Table.Th>
            <Table.Th ta="right">{text.p}</Table.Th>
            <Table.Th ta="right">{text.adjustedP}</Table.Th>
            <Table.Th ta="right">{text.rowsForPower}</Table.Th>
            <Table.Th>{text.verdict}</Table.Th>
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
      <Text c="dimmed">
        Safety by row: only {candidate.name} correct {onlyCandidateCorrect}, only {baseline.name} correct{" "}
        {onlyBaselineCorrect}, both {bothCorrect}, neither {neitherCorrect}.
      </Text>
      <Table captionSide="top" w="auto">
        <Table.Caption ta="left" mt={0}>
          {text.guards}
        </Table.Caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{text.guard}</Table.Th>
            <Table.Th ta="right">{text.margin}</Table.Th>
            <Table.Th ta="right">{text.difference}</Table.Th>
            <Table.Th ta="right">{text.interval}</Table.Th>
            <Table.Th ta="right">{text.rowsNeeded}</Table.Th>
            <Table.Th>{text.verdict}</Table.Th>
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
