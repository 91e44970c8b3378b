import { Group, Kbd, Modal, Stack, Text } from "@mantine/core";
import { screens } from "./screens.ts";

const grid: readonly (readonly [string, string])[] = [
  ["Enter or F2", "edit the cell"],
  ["Tab", "next cell"],
  ["Ctrl/⌘ C, V", "copy, paste a block"],
  ["Ctrl/⌘ D", "fill down"],
  ["Shift Space", "choose whole rows"],
  ["Insert, Shift Delete", "add a row, delete rows"],
  ["Ctrl/⌘ F", "find and replace"],
  ["Ctrl/⌘ Z, Shift Z", "undo, redo"],
  ["Ctrl/⌘ S", "save"],
];

function Keys({ rows }: { rows: readonly (readonly [string, string])[] }) {
  return rows.map(([keys, effect]) => (
    <Group key={keys} justify="space-between" wrap="nowrap">
      <Text size="sm">{effect}</Text>
      <Kbd size="xs">{keys}</Kbd>
    </Group>
  ));
}

/** Every key the workbench listens to. */
export function ShortcutList({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title="Keys">
      <Stack gap={4}>
        <Keys
          rows={[
            ["Ctrl/⌘ K", "do or find anything"],
            ["?", "this list"],
            ["Escape", "back out, nothing is lost"],
            ...screens.map(({ name }, index) => [String(index + 1), name] as const),
          ]}
        />
        <Text size="sm" fw={600} mt={8}>
          In a dataset
        </Text>
        <Keys rows={grid} />
      </Stack>
    </Modal>
  );
}
