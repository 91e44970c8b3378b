import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import type { FormEvent } from "react";
import type { Settings } from "../../../shared/schema/settings.ts";
import { FailureNotice } from "../../ui/FailureNotice.tsx";
import { describeSource, messages } from "./messages.ts";
import { isOutside, useSettingsChange } from "./section.ts";
import { useJudgeForm } from "./useJudgeForm.ts";

const { judge: text } = messages;

/** Sets the judge: any endpoint with OpenAI's chat completions API and Structured Outputs. */
export function JudgeForm({ judge }: { judge: Settings["judge"] }) {
  const saving = useSettingsChange();
  const form = useJudgeForm(judge);
  const save = (event: FormEvent): void => {
    event.preventDefault();
    if (form.change !== null) saving.mutate(form.change);
  };
  const known = judge.prices.source === "default" ? judge.prices.value : null;
  const fixedPrices = isOutside(judge.prices.source);
  return (
    <form onSubmit={save}>
      <Stack gap={12}>
        <TextInput
          label={text.endpoint}
          description={
            isOutside(judge.baseUrl.source)
              ? describeSource(judge.baseUrl.source, "OPENAI_BASE_URL")
              : text.endpointHelp
          }
          placeholder={judge.baseUrl.source === "default" ? judge.baseUrl.value : "https://api.openai.com/v1"}
          disabled={isOutside(judge.baseUrl.source)}
          value={form.draft.baseUrl}
          error={form.errorOf("baseUrl")}
          onChange={({ currentTarget }) => form.set("baseUrl", currentTarget.value)}
        />
        <TextInput
          label={text.model}
          description={
            isOutside(judge.model.source)
              ? describeSource(judge.model.source, "NAMEWRIGHT_JUDGE_MODEL")
              : text.modelHelp
          }
          disabled={isOutside(judge.model.source)}
          value={form.draft.model}
          error={form.errorOf("model")}
          onChange={({ currentTarget }) => form.set("model", currentTarget.value)}
        />
        <Stack gap={4}>
          <Group gap={12} align="flex-end">
            <PriceInput
              label={text.priceInput}
              disabled={fixedPrices}
              known={known?.input}
              value={form.draft.input}
              onChange={(value) => form.set("input", value)}
            />
            <PriceInput
              label={text.priceOutput}
              disabled={fixedPrices}
              known={known?.output}
              value={form.draft.output}
              onChange={(value) => form.set("output", value)}
            />
          </Group>
          <Text size="xs" c={form.errorOf("prices") === null ? "dimmed" : "var(--nw-worse)"}>
            {form.errorOf("prices") ??
              (fixedPrices
                ? describeSource(judge.prices.source, "NAMEWRIGHT_JUDGE_PRICE_INPUT")
                : known === null && judge.prices.value === null
                  ? text.pricesMissing
                  : text.prices)}
          </Text>
        </Stack>
        <FailureNotice error={saving.error} title={messages.saveFailed} />
        <Group gap={8}>
          <Button type="submit" disabled={!form.changed || form.change === null} loading={saving.isPending}>
            {text.save}
          </Button>
          {form.changed ? (
            <Button variant="default" onClick={form.reset}>
              {text.discard}
            </Button>
          ) : null}
        </Group>
      </Stack>
    </form>
  );
}

interface PriceInputProps {
  readonly label: string;
  readonly value: string;
  readonly disabled: boolean;
  readonly known: number | undefined;
  onChange(value: string): void;
}

function PriceInput({ label, value, disabled, known, onChange }: PriceInputProps) {
  return (
    <TextInput
      label={label}
      w={160}
      inputMode="decimal"
      disabled={disabled}
      placeholder={known === undefined ? text.priceUnknown : text.priceListed(known)}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}
