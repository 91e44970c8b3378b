import { Anchor } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQuery } from "@tanstack/react-query";
import { formatBytes } from "../../../shared/domain/format/bytes.ts";
import { downloadFile, fetchesFiles, useApi } from "../../api/index.ts";
import { Caption } from "../../ui/Caption.ts";
import { DataTable } from "../../ui/DataTable.tsx";
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
      <DataTable
        rows={sorted}
        keyOf={({ path }) => path}
        columns={[
          {
            title: text.file,
            td: { style: { overflowWrap: "anywhere" } },
            cell: ({ path }) => <FileLink folder={data.folder} path={path} />,
          },
          { title: text.size, ta: "right", cell: ({ bytes }) => formatBytes(bytes) },
          { title: text.kind, td: { c: "dimmed" }, cell: ({ own }) => (own ? text.record : text.output) },
        ]}
      />
    </>
  );
}

/** A file's path. In a browser a click downloads the file; on the desktop it is on this machine. */
function FileLink({ folder, path }: { folder: string; path: string }) {
  if (!fetchesFiles()) return path;
  return (
    <Anchor component="button" type="button" fz="sm" onClick={() => take(`${folder}/${path}`)}>
      {path}
    </Anchor>
  );
}
