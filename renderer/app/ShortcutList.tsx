import { Group, Kbd, Modal, Stack, Text } from "@mantine/core";
import { datasetShortcuts, generalShortcuts, messages } from "./messages.ts";
import { screens } from "./screens.ts";

function Keys({ rows }: { rows: readonly (readonly [string, string])[] }) {
  return rows.map(([keys, effect]) => (
    <Group key={keys} justify="space-between" wrap="nowrap">
      <Text>{effect}</Text>
      <Kbd size="xs">{keys}</Kbd>
    </Group>
  ));
}

/** Lists every keyboard shortcut. */
export function ShortcutList({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title={messages.shortcuts.title}>
      <Stack gap={4}>
        <Keys
          rows={[
            ...generalShortcuts,
            ...screens.map(({ name }, index) => [String(index + 1), name] as const),
          ]}
        />
        <Text fw={600} mt={8}>
          {messages.shortcuts.inDataset}
        </Text>
        <Keys rows={datasetShortcuts} />
      </Stack>
    </Modal>
  );
}
