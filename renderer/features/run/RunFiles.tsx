import { Anchor, Table } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQuery } from "@tanstack/react-query";
import { formatBytes } from "../../../shared/domain/format/bytes.ts";
import { downloadFile, fetchesFiles, useApi } from "../../api/index.ts";
import { Caption } from "../../ui/Caption.ts";
import { FailureNotice } from "../../ui/FailureNotice.tsx";
import { LinesSkeleton } from "../../ui/Skeletons.tsx";
import { messages } from "./messages.ts";

const { files: text } = messages;

/** How often the files of an active run are refreshed, in milliseconds. */
const refreshMs = 3000;

function take(file: string): void {
  downloadFile(file).catch((error: unknown) =>
    notifications.show({
      color: "orange",
      title: text.downloadFailed,
      message: error instanceof Error ? error.message : String(error),
    }),
  );
}

/** Lists the files of a run's folder: its outputs, then its records. */
export function RunFiles({ id, active }: { id: string; active: boolean }) {
  const { data, error } = useQuery(
    useApi().run.artifacts.queryOptions({ input: { id }, refetchInterval: active ? refreshMs : false }),
  );
  if (error !== null) return <FailureNotice error={error} title={text.failed} />;
  if (data === undefined) return <LinesSkeleton lines={6} />;
  const sorted = [...data.files].sort(
    (one, other) => Number(one.own) - Number(other.own) || one.path.localeCompare(other.path),
  );
  return (
    <>
      <Caption mb={4} style={{ overflowWrap: "anywhere" }}>
        {text.total(data.folder, formatBytes(data.bytes))}
      </Caption>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{text.file}</Table.Th>
            <Table.Th ta="right">{text.size}</Table.Th>
            <Table.Th>{text.kind}</Table.Th>
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
              <Table.Td c="dimmed">{own ? text.record : text.output}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </>
  );
}
