import { Button, Group, Select, Stack, Switch } from "@mantine/core";
import { valueAt } from "../../../shared/domain/training/overrides.ts";
import type { TrainingPresets } from "../../../shared/schema/trainingPlan.ts";
import { mostSeeds } from "../../../shared/schema/workspace.ts";
import { Caption } from "../../ui/Caption.ts";
import { Panel } from "../../ui/Panel.tsx";
import { FieldEntry } from "./FieldEntry.tsx";
import { messages } from "./messages.ts";
import { descriptionBelow, NumberEntry } from "./NumberEntry.tsx";
import { PromptSelect } from "./PromptSelect.tsx";
import classes from "./train.module.css";
import type { useTrainingRequest } from "./useTrainingRequest.ts";

const { form: text } = messages;

interface RequestFormProps {
  readonly presets: TrainingPresets;
  readonly versions: readonly string[];
  readonly asked: ReturnType<typeof useTrainingRequest>;
}

/** Edits the training: dataset, preset, prompt and seed, then every setting. */
export function RequestForm({ presets, versions, asked }: RequestFormProps) {
  const { request, setField } = asked;
  const name = request.preset ?? presets.chosen;
  const preset = presets.presets.find((one) => one.name === name);
  const groups = [...new Set(presets.fields.map(({ group }) => group))];
  const changed = Object.keys(request.overrides).length > 0;
  return (
    <Stack gap={16} component="form" onSubmit={(event) => event.preventDefault()}>
      <Panel
        title={text.title}
        actions={
          changed ? (
            <Button variant="default" size="compact-xs" onClick={asked.reset}>
              {text.reset}
            </Button>
          ) : null
        }
      >
        <div className={classes.fields}>
          <Select
            label={text.dataset}
            description={text.datasetHelp}
            inputWrapperOrder={descriptionBelow}
            data={versions.map((version) => ({ value: version, label: `dataset_${version}` }))}
            value={request.version}
            onChange={(version) => version !== null && asked.setVersion(version)}
          />
          <Select
            label={text.preset}
            description={text.presetHelp}
            inputWrapperOrder={descriptionBelow}
            data={presets.presets.map((one) => ({ value: one.name, label: one.title }))}
            value={name}
            onChange={(chosen) => chosen !== null && asked.setPreset(chosen)}
          />
          <PromptSelect value={request.prompt} onChange={asked.setPrompt} />
          <NumberEntry
            label={text.seed}
            description={text.seedHelp}
            value={request.seed}
            whole
            min={0}
            max={0xffff_ffff}
            onChange={(seed) => asked.setSeed(seed ?? 1)}
          />
          <NumberEntry
            label={text.seeds}
            description={text.seedsHelp(request.version)}
            value={asked.seeds}
            whole
            min={1}
            max={mostSeeds}
            onChange={(seeds) => asked.setSeeds(seeds ?? 1)}
          />
          <Switch
            label={text.fastestBatch}
            description={text.fastestBatchHelp}
            checked={request.fastestBatch}
            onChange={({ currentTarget }) => asked.setFastestBatch(currentTarget.checked)}
          />
        </div>
      </Panel>
      {groups.map((group) => (
        <Panel key={group} title={group}>
          <div className={classes.fields}>
            {presets.fields
              .filter((field) => field.group === group)
              .map((field) => (
                <FieldEntry
                  key={`${name} ${field.id}`}
                  field={field}
                  preset={preset?.values[field.id]}
                  value={valueAt(request.overrides, field.id)}
                  onChange={(value) => setField(field.id, value)}
                />
              ))}
          </div>
        </Panel>
      ))}
      <Group>
        <Caption>{text.note}</Caption>
      </Group>
    </Stack>
  );
}
