import { Anchor, Group, MultiSelect, Select, Switch, Text } from "@mantine/core";
import type { TrainingPresets } from "../../../shared/schema/trainingPlan.ts";
import { NumberEntry } from "./NumberEntry.tsx";
import { wordsBelow } from "./wordsBelow.ts";

type Field = TrainingPresets["fields"][number];

interface FieldEntryProps {
  readonly field: Field;
  /** The preset's value. */
  readonly preset: unknown;
  /** What it is set to instead; undefined: as the preset has it. */
  readonly value: unknown;
  onChange(value: unknown): void;
}

function shown(value: unknown): string {
  if (value === null || value === undefined) return "empty";
  if (typeof value === "boolean") return value ? "on" : "off";
  return Array.isArray(value) ? value.join(", ") : String(value);
}

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** One setting: its name, what it does, its value, and the preset's where it is another. */
export function FieldEntry({ field, preset, value, onChange }: FieldEntryProps) {
  const now = value === undefined ? preset : value;
  const differs = !same(now, preset);
  // Set back to what the preset has, it is the preset's again.
  const set = (next: unknown) => onChange(same(next, preset) ? undefined : next);
  const label = field.unit === undefined ? field.label : `${field.label} (${field.unit})`;
  return (
    <div>
      <Entry field={field} label={label} value={now} onChange={set} />
      {differs ? (
        <Group gap={4} mt={4}>
          <Text size="xs" c="var(--mantine-primary-color-filled)">
            Preset: {shown(preset)}
          </Text>
          <Anchor
            component="button"
            type="button"
            fz="xs"
            aria-label={`${field.label} as in the preset`}
            onClick={() => onChange(undefined)}
          >
            Put back
          </Anchor>
        </Group>
      ) : null}
    </div>
  );
}

interface EntryProps {
  readonly field: Field;
  readonly label: string;
  readonly value: unknown;
  onChange(value: unknown): void;
}

function Entry({ field: { entry, words }, label, value, onChange }: EntryProps) {
  switch (entry.kind) {
    case "number":
      return (
        <NumberEntry
          label={label}
          description={words}
          value={Number(value)}
          whole={entry.whole}
          min={entry.min}
          max={entry.max}
          onChange={onChange}
        />
      );
    case "optional-number":
      return (
        <NumberEntry
          label={label}
          description={words}
          value={typeof value === "number" ? value : null}
          whole
          optional
          min={entry.min}
          max={entry.max}
          onChange={onChange}
        />
      );
    case "choice":
      return (
        <Select
          label={label}
          description={words}
          inputWrapperOrder={wordsBelow}
          data={entry.choices}
          value={String(value)}
          onChange={onChange}
        />
      );
    case "choices":
      return (
        <MultiSelect
          label={label}
          description={words}
          inputWrapperOrder={wordsBelow}
          data={entry.choices}
          value={Array.isArray(value) ? value.map(String) : []}
          onChange={(chosen) => chosen.length > 0 && onChange(chosen)}
        />
      );
    case "switch":
      return (
        <Switch
          label={label}
          description={words}
          checked={value === true}
          onChange={({ currentTarget }) => onChange(currentTarget.checked)}
        />
      );
  }
}
