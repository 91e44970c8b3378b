import { NumberInput, Radio, Stack } from "@mantine/core";
import { messages } from "../messages.ts";
import type { StartForm } from "./useStartForm.ts";

const { settings: text } = messages;

interface ThresholdEntryProps {
  /** Null: each version's own. `none`: the first token decides. */
  readonly value: StartForm["threshold"];
  onChange(value: StartForm["threshold"]): void;
}

/** Where the number begins: refuse where a refusal is at least as probable as an answer. */
const even = 0.5;

/** Selects what a row is refused by. */
export function ThresholdEntry({ value, onChange }: ThresholdEntryProps) {
  const kind = value === null ? "own" : value === "none" ? "none" : "number";
  return (
    <Stack gap={8}>
      <Radio.Group
        label={text.threshold}
        value={kind}
        onChange={(next) => onChange(next === "number" ? even : next === "none" ? "none" : null)}
      >
        <Stack gap={8} mt={4}>
          <Radio value="own" label={text.ownThreshold} description={text.ownThresholdHelp} />
          <Radio value="none" label={text.noThreshold} description={text.noThresholdHelp} />
          <Radio value="number" label={text.oneThreshold} description={text.oneThresholdHelp} />
        </Stack>
      </Radio.Group>
      {typeof value === "number" ? (
        <NumberInput
          label={text.thresholdNumber}
          w={200}
          min={0}
          max={1}
          step={0.01}
          value={value}
          onChange={(next) => {
            if (typeof next === "number" && next >= 0 && next <= 1) onChange(next);
          }}
        />
      ) : null}
    </Stack>
  );
}
