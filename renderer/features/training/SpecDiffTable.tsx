import { Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { pluralize } from "../../../shared/domain/format/count.ts";
import { shortHash } from "../../../shared/domain/format/hash.ts";
import { useApi } from "../../api/index.ts";
import { Caption } from "../../ui/Caption.ts";
import { FailureNotice } from "../../ui/FailureNotice.tsx";
import { LinesSkeleton } from "../../ui/Skeletons.tsx";
import { messages } from "./messages.ts";

const { history: text } = messages;

interface Named {
  readonly id: string;
  readonly name: string;
}

function formatValue(value: unknown): string {
  if (value === null || value === undefined) return "–";
  return shortHash(typeof value === "string" ? value : JSON.stringify(value));
}

/** Lists the differences between the specs of two trainings. */
export function SpecDiffTable({ one, other }: { one: Named; other: Named }) {
  const input = { one: one.id, other: other.id };
  const { data, error } = useQuery(useApi().training.diff.queryOptions({ input }));
  if (error !== null) return <FailureNotice error={error} title={text.differencesFailed} />;
  if (data === undefined) return <LinesSkeleton lines={4} />;
  if (data.differences.length === 0) {
    return <Text>{text.identical(pluralize(data.same, "value"))}</Text>;
  }
  return (
    <Table.ScrollContainer minWidth={480}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{text.setting}</Table.Th>
            <Table.Th>{one.name}</Table.Th>
            <Table.Th>{other.name}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {data.differences.map(({ path, label, one: before, other: after }) => (
            <Table.Tr key={path}>
              <Table.Td>
                {label ?? path}
                {label === null ? null : <Caption>{path}</Caption>}
              </Table.Td>
              <Table.Td className="nw-mono">{formatValue(before)}</Table.Td>
              <Table.Td className="nw-mono">{formatValue(after)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Caption mt={4}>{text.otherValues(pluralize(data.same, "other value"))}</Caption>
    </Table.ScrollContainer>
  );
}
