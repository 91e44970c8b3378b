import { Modal } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useApi } from "../api/index.ts";
import { FailureNotice } from "../ui/FailureNotice.tsx";
import { PathPicker } from "../ui/PathPicker.tsx";
import { messages } from "./messages.ts";

interface OpenWorkspaceDialogProps {
  readonly opened: boolean;
  onClose(): void;
  onOpened(id: string): void;
}

/** Opens a folder with a namewright.json as the workspace on screen. */
export function OpenWorkspaceDialog({ opened, onClose, onOpened }: OpenWorkspaceDialogProps) {
  const api = useApi();
  const queries = useQueryClient();
  const opening = useMutation(
    api.host.openWorkspace.mutationOptions({
      onSuccess: async ({ id }) => {
        await queries.invalidateQueries({ queryKey: api.host.workspaces.key() });
        onClose();
        onOpened(id);
      },
    }),
  );
  return (
    <Modal opened={opened} onClose={onClose} title={messages.openWorkspace.title} size="lg">
      <FailureNotice error={opening.error} />
      <PathPicker
        purpose="workspace"
        action={messages.openWorkspace.open}
        busy={opening.isPending}
        onPicked={(folder) => opening.mutate({ folder })}
      />
    </Modal>
  );
}
