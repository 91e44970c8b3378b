import { Button, Drawer, Group, NumberInput, Stack, Text } from "@mantine/core";
import { useEffect, useState } from "react";
import { settingsWords } from "../../../shared/domain/report/decisionWords.ts";
import type { Comparison, DecisionSettings as Settings } from "../../../shared/schema/comparison.ts";
import { FailureNotice } from "../../ui/FailureNotice.tsx";
import { messages } from "./messages.ts";
import { limitFields, marginFields, type SettingField, trafficFields } from "./settingFields.ts";
import type { SettingsState } from "./useDecisionSettings.ts";

const { settings: text } = messages;

interface DecisionSettingsProps {
  readonly comparison: Comparison;
  readonly state: SettingsState;
  readonly opened: boolean;
  onClose(): void;
}

/** Changes what a decision is judged by. Each change redraws the decision, and none is saved unless asked. */
export function DecisionSettings({ comparison, state, opened, onClose }: DecisionSettingsProps) {
  const { settings, changedSettings } = comparison;
  const groups = [
    { title: text.margins, help: text.marginsHelp, fields: marginFields },
    { title: text.limits, help: text.limitsHelp, fields: limitFields },
    { title: text.traffic, help: text.trafficHelp, fields: trafficFields },
  ];
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      position="right"
      size="min(400px, 90vw)"
      title={text.title}
      // The decision beside the panel must be readable while settings change.
      overlayProps={{ backgroundOpacity: 0 }}
      closeButtonProps={{ "aria-label": text.close }}
    >
      <Stack gap={16}>
        <Text size="sm" c="dimmed">
          {changedSettings.length === 0 ? text.preset : settingsWords(changedSettings)}
        </Text>
        <Group gap={8}>
          <Button variant="default" disabled={changedSettings.length === 0} onClick={state.reset}>
            {text.reset}
          </Button>
          <Button
            disabled={changedSettings.length === 0}
            loading={state.isSaving}
            onClick={() => state.save(settings)}
          >
            {text.save}
          </Button>
        </Group>
        <FailureNotice title={text.saveFailed} error={state.error} />
        {groups.map(({ title, help, fields }) => (
          <Stack key={title} gap={8} component="fieldset" m={0} p={0} bd="none">
            <Text component="legend" fw={600}>
              {title}
            </Text>
            <Text size="sm" c="dimmed">
              {help}
            </Text>
            {fields.map((field) => (
              <SettingInput
                key={field.id}
                field={field}
                settings={settings}
                isChanged={changedSettings.includes(field.id)}
                onChange={(value) => state.change(field.change(value))}
              />
            ))}
          </Stack>
        ))}
      </Stack>
    </Drawer>
  );
}

interface SettingInputProps {
  readonly field: SettingField;
  readonly settings: Settings;
  readonly isChanged: boolean;
  onChange(value: number | null): void;
}

/** Takes a number when the field is left or Enter is pressed, because each new number computes the decision again. */
function SettingInput({ field, settings, isChanged, onChange }: SettingInputProps) {
  const current = field.value(settings);
  const [typed, setTyped] = useState<string | number>(current ?? "");
  // A new value from elsewhere, such as a reset, replaces what was typed.
  useEffect(() => setTyped(current ?? ""), [current]);
  const take = (): void => {
    const value = typeof typed === "number" ? Math.min(field.max ?? typed, Math.max(0, typed)) : null;
    if (value === null && field.isOptional !== true) setTyped(current ?? "");
    else if (value !== current) onChange(value);
  };
  return (
    <NumberInput
      label={field.label}
      description={isChanged ? text.changed : undefined}
      placeholder={field.emptyMeans ?? text.none}
      min={0}
      {...(field.max === undefined ? {} : { max: field.max })}
      step={field.step}
      value={typed}
      onChange={setTyped}
      onBlur={take}
      onKeyDown={({ key }) => {
        if (key === "Enter") take();
      }}
    />
  );
}
