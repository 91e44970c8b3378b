import { Checkbox, Group, NumberInput, Radio, Stack } from "@mantine/core";
import type { EvaluationPlan } from "../../../../shared/schema/evaluationPlan.ts";
import { Panel } from "../../../ui/Panel.tsx";
import type { StartForm } from "./useStartForm.ts";

interface RunSettingsProps {
  readonly form: StartForm;
  readonly planned: EvaluationPlan | null;
  onChange(changes: Partial<Omit<StartForm, "versions" | "judge">>): void;
}

const numberOr = <Absent,>(value: string | number, absent: Absent): number | Absent =>
  typeof value === "number" && Number.isFinite(value) ? value : absent;

/** How text is generated, and what the judge may spend. */
export function RunSettings({ form, planned, onChange }: RunSettingsProps) {
  const asksAnEndpoint = planned?.judge?.kind === "openai";
  const unlabelled = planned?.testSet?.unlabelled ?? 0;
  return (
    <Panel title="How">
      <Stack gap={12}>
        <Radio.Group
          label="Decoding"
          value={form.decoding}
          onChange={(value) => onChange({ decoding: value === "sampled" ? "sampled" : "greedy" })}
        >
          <Stack gap={8} mt={4}>
            <Radio
              value="greedy"
              label="Greedy"
              description="One completion a row, always the likeliest text."
            />
            <Radio
              value="sampled"
              label="Sampled"
              description="Three completions a row at temperature 0.8, averaged within the row."
            />
          </Stack>
        </Radio.Group>
        <Group gap={12} align="flex-end">
          <NumberInput
            label="Seed"
            w={96}
            min={0}
            allowDecimal={false}
            value={form.seed}
            onChange={(value) => onChange({ seed: numberOr(value, 1) })}
          />
          {asksAnEndpoint ? (
            <>
              <NumberInput
                label="At most so many calls"
                placeholder="no limit"
                w={152}
                min={1}
                allowDecimal={false}
                value={form.maxCalls ?? ""}
                onChange={(value) => onChange({ maxCalls: numberOr(value, null) })}
              />
              <NumberInput
                label="At most so many dollars"
                placeholder="no limit"
                w={160}
                min={0.01}
                decimalScale={2}
                prefix="$"
                value={form.maxCost ?? ""}
                onChange={(value) => onChange({ maxCost: numberOr(value, null) })}
              />
            </>
          ) : null}
        </Group>
        {unlabelled > 0 || form.emptyMeansRefuse ? (
          <Checkbox
            checked={form.emptyMeansRefuse}
            onChange={({ currentTarget }) => onChange({ emptyMeansRefuse: currentTarget.checked })}
            label="Read [] in the test set as “refuse”"
            description="It has no labels: without this an empty list means no reference."
          />
        ) : null}
      </Stack>
    </Panel>
  );
}
