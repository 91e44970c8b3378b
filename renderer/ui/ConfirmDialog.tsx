import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";

interface ConfirmDialogProps {
  readonly opened: boolean;
  readonly title: string;
  /** What is removed and what is kept. */
  readonly children: ReactNode;
  /** The confirm button's label: a verb and its object. */
  readonly action: string;
  /** The cancel button's label. */
  readonly keep?: string;
  readonly busy?: boolean;
  onConfirm(): void;
  onClose(): void;
}

/** Asks for confirmation before an action that can't be undone. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { opened, title, children, action, keep = "Cancel", busy = false, ...on } = props;
  return (
    <Modal opened={opened} onClose={on.onClose} title={title}>
      <Stack gap={16}>
        <Text component="div">{children}</Text>
        <Group gap={8} justify="flex-end">
          <Button variant="default" onClick={on.onClose} data-autofocus>
            {keep}
          </Button>
          <Button color="red.9" loading={busy} onClick={on.onConfirm}>
            {action}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
