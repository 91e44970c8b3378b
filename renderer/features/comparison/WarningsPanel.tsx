import { Alert, Code, List, Spoiler, Table } from "@mantine/core";
import { counted } from "../../../shared/domain/report/words.ts";
import type { Comparison } from "../../../shared/schema/comparison.ts";

const short = (value: string | null): string =>
  value === null ? "none" : /^[0-9a-f]{64}$/.test(value) ? value.slice(0, 12) : value;

/** What a reader must know before trusting the figures: another judge, test set or prompt, flipped labels, gaps. */
export function WarningsPanel({ comparison }: { comparison: Comparison }) {
  const { warnings, stampDifferences, labelFlips, baseline, candidate } = comparison;
  if (warnings.length === 0) return null;
  return (
    <Alert color="orange" role="note" title={`${candidate.name}: read the figures with this in mind`}>
      <List size="sm">
        {warnings.map(({ code, message }) => (
          <List.Item key={`${code} ${message}`}>
            {message} <Code>{code}</Code>
          </List.Item>
        ))}
      </List>
      {stampDifferences.length === 0 ? null : (
        <Table mt={8} w="auto">
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
                <Table.Td className="nw-mono">{short(difference.baseline)}</Table.Td>
                <Table.Td className="nw-mono">{short(difference.candidate)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {labelFlips.length === 0 ? null : (
        <Spoiler
          maxHeight={0}
          mt={8}
          showLabel={`Show ${counted(labelFlips.length, "flipped label")}`}
          hideLabel="Hide"
        >
          <List size="sm">
            {labelFlips.map((flip) => (
              <List.Item key={flip.description}>
                {flip.baseline} → {flip.candidate}: {flip.description}
              </List.Item>
            ))}
          </List>
        </Spoiler>
      )}
    </Alert>
  );
}
