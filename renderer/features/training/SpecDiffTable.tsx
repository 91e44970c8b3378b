import { Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { pluralize } from "../../../shared/domain/format/count.ts";
import { shortHash } from "../../../shared/domain/format/hash.ts";
import { useApi } from "../../api/index.ts";
import { FailureNotice } from "../../ui/FailureNotice.tsx";
import { LinesSkeleton } from "../../ui/Skeletons.tsx";

interface Named {
  readonly id: string;
  readonly name: string;
}

function shown(value: unknown): string {
  if (value === null || value === undefined) return "–";
  return shortHash(typeof value === "string" ? value : JSON.stringify(value));
}

/** Where the specs of two trainings differ, one value a row. */
export function SpecDiffTable({ one, other }: { one: Named; other: Named }) {
  const input = { one: one.id, other: other.id };
  const { data, error } = useQuery(useApi().training.diff.queryOptions({ input }));
  if (error !== null) return <FailureNotice error={error} title="They cannot be compared" />;
  if (data === undefined) return <LinesSkeleton lines={4} />;
  if (data.differences.length === 0) {
    return (
      <Text size="sm">
        They have the same settings and inputs: {pluralize(data.same, "value")}, all equal.
      </Text>
    );
  }
  return (
    <Table.ScrollContainer minWidth={480}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Setting</Table.Th>
            <Table.Th>{one.name}</Table.Th>
            <Table.Th>{other.name}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {data.differences.map(({ path, label, one: before, other: after }) => (
            <Table.Tr key={path}>
              <Table.Td>
                {label ?? path}
                {label === null ? null : (
                  <Text size="xs" c="dimmed">
                    {path}
                  </Text>
                )}
              </Table.Td>
              <Table.Td className="nw-mono">{shown(before)}</Table.Td>
              <Table.Td className="nw-mono">{shown(after)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Text size="xs" c="dimmed" mt={4}>
        {pluralize(data.same, "other value")} are the same.
      </Text>
    </Table.ScrollContainer>
  );
}
