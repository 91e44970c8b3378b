import { Anchor, Group, MultiSelect, Select, Switch, Text } from "@mantine/core";
import type { TrainingPresets } from "../../../shared/schema/trainingPlan.ts";
import { messages } from "./messages.ts";
import { descriptionBelow, NumberEntry } from "./NumberEntry.tsx";

type Field = TrainingPresets["fields"][number];

interface FieldEntryProps {
  readonly field: Field;
  /** The value in the preset. */
  readonly preset: unknown;
  /** The value that replaces it; undefined: the preset's value. */
  readonly value: unknown;
  onChange(value: unknown): void;
}

function formatValue(value: unknown): string {
  if (value === null || value === undefined) return messages.form.empty;
  if (typeof value === "boolean") return value ? messages.form.on : messages.form.off;
  return Array.isArray(value) ? value.join(", ") : String(value);
}

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** Edits one setting and shows the preset's value if it differs. */
export function FieldEntry({ field, preset, value, onChange }: FieldEntryProps) {
  const now = value === undefined ? preset : value;
  const differs = !same(now, preset);
  // A value equal to the preset's is stored as unset.
  const set = (next: unknown) => onChange(same(next, preset) ? undefined : next);
  const label = field.unit === undefined ? field.label : `${field.label} (${field.unit})`;
  return (
    <div>
      <Entry field={field} label={label} value={now} onChange={set} />
      {differs ? (
        <Group gap={4} mt={4}>
          <Text size="xs" c="var(--mantine-primary-color-filled)">
            {messages.form.presetValue(formatValue(preset))}
          </Text>
          <Anchor
            component="button"
            type="button"
            fz="xs"
            aria-label={messages.form.resetFieldOf(field.label)}
            onClick={() => onChange(undefined)}
          >
            {messages.form.resetField}
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

const autoSwitch = [
  { value: "auto", label: messages.form.auto },
  { value: "true", label: messages.form.on },
  { value: "false", label: messages.form.off },
];

function Entry({ field: { entry, words }, label, value, onChange }: EntryProps) {
  const texts = { label, description: words };
  switch (entry.kind) {
    case "number":
      return (
        <NumberEntry
          {...texts}
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
          {...texts}
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
          {...texts}
          inputWrapperOrder={descriptionBelow}
          data={entry.choices}
          value={String(value)}
          onChange={onChange}
        />
      );
    case "auto-switch":
      return (
        <Select
          {...texts}
          inputWrapperOrder={descriptionBelow}
          data={autoSwitch}
          value={String(value)}
          onChange={(chosen) => onChange(chosen === "auto" ? chosen : chosen === "true")}
        />
      );
    case "choices":
      return (
        <MultiSelect
          {...texts}
          inputWrapperOrder={descriptionBelow}
          data={entry.choices}
          value={Array.isArray(value) ? value.map(String) : []}
          onChange={(chosen) => chosen.length > 0 && onChange(chosen)}
        />
      );
    case "switch":
      return (
        <Switch
          {...texts}
          checked={value === true}
          onChange={({ currentTarget }) => onChange(currentTarget.checked)}
        />
      );
  }
}
