import { Button, Checkbox, Chip, Group, Input, NumberInput, Stack, Textarea, Tooltip } from "@mantine/core";
import { useId } from "react";
import { poolDecoding } from "../../../shared/domain/generation/bestOfPool.ts";
import { mostTokens, mostVersions, type PlaygroundVersion } from "../../../shared/schema/suggest.ts";
import { messages } from "./messages.ts";
import type { useQuestion } from "./useQuestion.ts";

const { question: text } = messages;

interface QuestionProps {
  readonly question: ReturnType<typeof useQuestion>;
  readonly versions: readonly PlaygroundVersion[];
  readonly running: boolean;
  readonly canAsk: boolean;
  onAsk(): void;
  onStop(): void;
}

/** Edits the description, the versions, and the sampling settings. */
export function Question({ question, versions, running, canAsk, onAsk, onStop }: QuestionProps) {
  const onKeyDown = (event: React.KeyboardEvent): void => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      onAsk();
    }
    if (event.key === "Escape" && running) onStop();
  };
  return (
    <Stack gap={8} maw={960}>
      <Textarea
        label={text.description}
        autosize
        minRows={2}
        maxRows={8}
        maxLength={200_000}
        value={question.description}
        onChange={({ currentTarget }) => question.setDescription(currentTarget.value)}
        onKeyDown={onKeyDown}
        data-autofocus
      />
      <Group gap={16} align="flex-end" justify="space-between">
        <Group gap={16} align="flex-end">
          <VersionChips question={question} versions={versions} />
          <Sampling question={question} />
        </Group>
        {running ? (
          <Button variant="default" onClick={onStop} miw={136}>
            {messages.stop}
          </Button>
        ) : (
          <Button onClick={onAsk} disabled={!canAsk} title="Ctrl/⌘ Enter" miw={136}>
            {messages.suggest}
          </Button>
        )}
      </Group>
    </Stack>
  );
}

function VersionChips({ question, versions }: Pick<QuestionProps, "question" | "versions">) {
  const label = useId();
  const chosen = question.request.versions;
  return (
    <Stack gap={0}>
      <Input.Label size="xs" labelElement="div" id={label}>
        {text.versions}
      </Input.Label>
      <Chip.Group multiple value={[...chosen]} onChange={question.setVersions}>
        <Group gap={4} role="group" aria-labelledby={label} mih={30}>
          {versions.map(({ version, problem }) => (
            <Tooltip key={version} label={problem} disabled={problem === null}>
              {/* A disabled control gets no pointer events, so the tooltip needs a wrapper. */}
              <span>
                <Chip
                  value={version}
                  size="xs"
                  radius={4}
                  disabled={problem !== null || (chosen.length >= mostVersions && !chosen.includes(version))}
                >
                  {version}
                </Chip>
              </span>
            </Tooltip>
          ))}
        </Group>
      </Chip.Group>
    </Stack>
  );
}

function Sampling({ question }: Pick<QuestionProps, "question">) {
  const { decoding, temperature, seed, maxTokens, grammar } = question.request;
  const pooled = decoding === "best-of-pool";
  const shownTemperature = pooled ? poolDecoding.temperature : temperature;
  const greedy = shownTemperature === 0;
  return (
    <Group gap={8} align="flex-end">
      <Tooltip label={text.temperatureHelp}>
        <NumberInput
          label={text.temperature}
          w={112}
          suffix={greedy ? text.greedy : ""}
          min={0}
          max={2}
          step={0.1}
          decimalScale={2}
          disabled={pooled}
          value={shownTemperature}
          onChange={(value) => question.setTemperature(Number(value) || 0)}
        />
      </Tooltip>
      <Tooltip label={greedy ? text.seedUnused : text.seedHelp}>
        <NumberInput
          label={text.seed}
          w={88}
          min={0}
          max={0xffff_ffff}
          allowDecimal={false}
          disabled={greedy}
          value={seed}
          onChange={(value) => question.setSeed(Number(value) || 0)}
        />
      </Tooltip>
      <Tooltip label={text.maxTokensHelp}>
        <NumberInput
          label={text.maxTokens}
          w={128}
          min={1}
          max={mostTokens}
          allowDecimal={false}
          value={maxTokens}
          onChange={(value) => question.setMaxTokens(Number(value) || 1)}
        />
      </Tooltip>
      <Tooltip label={text.bestOfPoolHelp} refProp="rootRef">
        <Checkbox
          label={text.bestOfPool}
          checked={pooled}
          onChange={({ currentTarget }) =>
            question.setDecoding(currentTarget.checked ? "best-of-pool" : "single")
          }
          pb={6}
        />
      </Tooltip>
      <Tooltip label={text.grammarHelp} refProp="rootRef">
        <Checkbox
          label={text.grammar}
          checked={grammar === "names"}
          onChange={({ currentTarget }) => question.setGrammar(currentTarget.checked ? "names" : "none")}
          pb={6}
        />
      </Tooltip>
    </Group>
  );
}
