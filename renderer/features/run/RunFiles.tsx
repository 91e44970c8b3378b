import { Anchor, Table, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQuery } from "@tanstack/react-query";
import { formatBytes } from "../../../shared/domain/format/bytes.ts";
import { downloadFile, fetchesFiles, useApi } from "../../api/index.ts";
import { FailureNotice } from "../../ui/FailureNotice.tsx";
import { LinesSkeleton } from "../../ui/Skeletons.tsx";

/** How often the files of a run that goes on are looked at again, in milliseconds. */
const againMs = 3000;

function take(file: string): void {
  downloadFile(file).catch((error: unknown) =>
    notifications.show({
      color: "orange",
      title: "It was not fetched",
      message: error instanceof Error ? error.message : String(error),
    }),
  );
}

/** What lies in a run's folder: what it made, then its own records. */
export function RunFiles({ id, goesOn }: { id: string; goesOn: boolean }) {
  const { data, error } = useQuery(
    useApi().run.artifacts.queryOptions({ input: { id }, refetchInterval: goesOn ? againMs : false }),
  );
  if (error !== null) return <FailureNotice error={error} title="Its files cannot be listed" />;
  if (data === undefined) return <LinesSkeleton lines={6} />;
  const sorted = [...data.files].sort(
    (one, other) => Number(one.own) - Number(other.own) || one.path.localeCompare(other.path),
  );
  return (
    <>
      <Text size="xs" c="dimmed" mb={4} style={{ overflowWrap: "anywhere" }}>
        {data.folder}, {formatBytes(data.bytes)} in all
      </Text>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>File</Table.Th>
            <Table.Th ta="right">Size</Table.Th>
            <Table.Th>What</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {sorted.map(({ path, bytes: size, own }) => (
            <Table.Tr key={path}>
              <Table.Td style={{ overflowWrap: "anywhere" }}>
                {fetchesFiles() ? (
                  <Anchor
                    component="button"
                    type="button"
                    fz="sm"
                    onClick={() => take(`${data.folder}/${path}`)}
                  >
                    {path}
                  </Anchor>
                ) : (
                  path
                )}
              </Table.Td>
              <Table.Td ta="right">{formatBytes(size)}</Table.Td>
              <Table.Td c="dimmed">{own ? "its record" : "made by it"}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </>
  );
}
