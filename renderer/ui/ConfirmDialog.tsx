import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";

interface ConfirmDialogProps {
  readonly opened: boolean;
  readonly title: string;
  /** What goes and what stays. */
  readonly children: ReactNode;
  /** The button names its effect. */
  readonly action: string;
  readonly busy?: boolean;
  onConfirm(): void;
  onClose(): void;
}

/** Asks before something that cannot be undone. */
export function ConfirmDialog({ opened, title, children, action, busy = false, ...on }: ConfirmDialogProps) {
  return (
    <Modal opened={opened} onClose={on.onClose} title={title}>
      <Stack gap={16}>
        <Text size="sm" component="div">
          {children}
        </Text>
        <Group gap={8} justify="flex-end">
          <Button variant="default" onClick={on.onClose} data-autofocus>
            Cancel
          </Button>
          <Button color="red.9" loading={busy} onClick={on.onConfirm}>
            {action}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
