import { Checkbox, Group, Radio, Stack } from "@mantine/core";
import type { EvaluationPlan } from "../../../../shared/schema/evaluationPlan.ts";
import { DecodingModeSchema } from "../../../../shared/schema/result.ts";
import { Panel } from "../../../ui/Panel.tsx";
import { messages } from "../messages.ts";
import { SeedAndLimits } from "../SeedAndLimits.tsx";
import { ThresholdEntry } from "./ThresholdEntry.tsx";
import type { StartForm } from "./useStartForm.ts";

const { settings: text } = messages;

interface RunSettingsProps {
  readonly form: StartForm;
  readonly planned: EvaluationPlan | null;
  onChange(changes: Partial<Omit<StartForm, "versions" | "judge">>): void;
}

/** Sets the decoding and the limits of the judge. */
export function RunSettings({ form, planned, onChange }: RunSettingsProps) {
  const asksAnEndpoint = planned?.judge?.kind === "openai";
  const unlabelled = planned?.testSet?.unlabelled ?? 0;
  return (
    <Panel title={text.title}>
      <Stack gap={12}>
        <Radio.Group
          label={text.decoding}
          value={form.decoding}
          onChange={(value) => onChange({ decoding: DecodingModeSchema.parse(value) })}
        >
          <Stack gap={8} mt={4}>
            <Radio value="greedy" label={text.greedy} description={text.greedyHelp} />
            <Radio value="sampled" label={text.sampled} description={text.sampledHelp} />
            <Radio value="best-of-pool" label={text.bestOfPool} description={text.bestOfPoolHelp} />
          </Stack>
        </Radio.Group>
        <ThresholdEntry value={form.threshold} onChange={(threshold) => onChange({ threshold })} />
        <Checkbox
          checked={form.grammar === "names"}
          onChange={({ currentTarget }) => onChange({ grammar: currentTarget.checked ? "names" : "none" })}
          label={text.grammar}
          description={text.grammarHelp}
        />
        <Group gap={12} align="flex-end">
          <SeedAndLimits
            values={form}
            callsLabel={asksAnEndpoint ? text.maxCalls : null}
            onChange={onChange}
          />
        </Group>
        {unlabelled > 0 || form.emptyMeansRefuse ? (
          <Checkbox
            checked={form.emptyMeansRefuse}
            onChange={({ currentTarget }) => onChange({ emptyMeansRefuse: currentTarget.checked })}
            label={text.emptyMeansRefuse}
            description={text.emptyMeansRefuseHelp}
          />
        ) : null}
      </Stack>
    </Panel>
  );
}
