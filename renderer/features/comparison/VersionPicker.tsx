import { Group, MultiSelect, Select, Text } from "@mantine/core";
import { messages } from "./messages.ts";
import { type Chosen, mostCandidates, shortName } from "./selection.ts";

interface VersionPickerProps {
  readonly chosen: Chosen;
  readonly results: readonly string[];
  onChoose(chosen: Chosen): void;
}

/** Selects the versions to compare. Opened files stay in the lists. */
export function VersionPicker({ chosen, results, onChoose }: VersionPickerProps) {
  const { baseline, candidates } = chosen;
  const known = [...new Set([...results, baseline, ...candidates])];
  const options = known.map((value) => ({ value, label: shortName(value) }));
  const pickBaseline = (value: string | null): void => {
    if (value === null) return;
    const left = candidates.filter((candidate) => candidate !== value);
    onChoose({ baseline: value, candidates: left.length > 0 ? left : [baseline] });
  };
  const pickCandidates = (values: string[]): void => {
    if (values.length > 0) onChoose({ baseline, candidates: values });
  };
  return (
    <Group gap={8} wrap="nowrap">
      <Select
        aria-label={messages.baseline}
        w={120}
        data={options}
        value={baseline}
        onChange={pickBaseline}
      />
      <Text c="dimmed">{messages.with}</Text>
      <MultiSelect
        aria-label={messages.candidates}
        miw={160}
        maw={360}
        maxValues={mostCandidates}
        data={options.filter(({ value }) => value !== baseline)}
        value={[...candidates]}
        onChange={pickCandidates}
      />
    </Group>
  );
}
