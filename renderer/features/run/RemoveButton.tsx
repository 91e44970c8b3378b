import { Button, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { useMutation, useQuery } from "@tanstack/react-query";
import { formatBytes } from "../../../shared/domain/format/bytes.ts";
import { pluralize } from "../../../shared/domain/format/count.ts";
import type { Run } from "../../../shared/schema/run.ts";
import { useApi } from "../../api/index.ts";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { FailureNotice } from "../../ui/FailureNotice.tsx";

/** Deletes a run's folder, after saying what goes, what that frees and what stays. */
export function RemoveButton({ run, onRemoved }: { run: Run; onRemoved: () => void }) {
  const api = useApi();
  const [opened, { open, close }] = useDisclosure(false);
  const files = useQuery(api.run.artifacts.queryOptions({ input: { id: run.id }, enabled: opened }));
  const removing = useMutation(
    api.run.remove.mutationOptions({
      onSuccess: ({ freedBytes }) => {
        notifications.show({
          title: `${run.title} is deleted`,
          message: `${formatBytes(freedBytes)} are free again.`,
        });
        close();
        onRemoved();
      },
    }),
  );
  return (
    <>
      <Button variant="default" onClick={open}>
        Delete
      </Button>
      <ConfirmDialog
        opened={opened}
        title={`Delete ${run.title}`}
        action={
          files.data === undefined ? "Delete this run" : `Delete and free ${formatBytes(files.data.bytes)}`
        }
        keep="Keep it"
        busy={removing.isPending}
        onConfirm={() => removing.mutate({ id: run.id })}
        onClose={close}
      >
        <Stack gap={12}>
          <Text size="sm">
            The folder <span className="nw-mono">runs/{run.id}</span> goes, with its journal, its log and what
            it made
            {files.data === undefined
              ? ""
              : `: ${pluralize(files.data.files.length, "file")}, ${formatBytes(files.data.bytes)}`}
            .
          </Text>
          <Text size="sm">
            What was promoted into models/ and the results in data/ stay. This cannot be undone.
          </Text>
          {removing.error === null ? null : (
            <FailureNotice error={removing.error} title="It was not deleted" />
          )}
        </Stack>
      </ConfirmDialog>
    </>
  );
}
