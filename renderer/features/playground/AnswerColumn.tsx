import { Badge, Box, Button, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { assertNever } from "../../../shared/domain/failure.ts";
import type { ColumnState } from "../../../shared/domain/playground/columns.ts";
import { hasAdapter } from "../../../shared/domain/workspace/version.ts";
import type { PlaygroundVersion } from "../../../shared/schema/suggest.ts";
import { Caption } from "../../ui/Caption.ts";
import { FailureNotice } from "../../ui/FailureNotice.tsx";
import { AnswerFacts } from "./AnswerFacts.tsx";
import { messages } from "./messages.ts";
import { NameTable } from "./NameTable.tsx";
import { RefusalMeter } from "./RefusalMeter.tsx";

const { answer: labels } = messages;

interface AnswerColumnProps {
  readonly version: string;
  readonly about: PlaygroundVersion | undefined;
  readonly state: ColumnState;
  readonly colour: string;
  onSend(names: readonly string[]): void;
}

/** Shows one version's answer. */
export function AnswerColumn({ version, about, state, colour, onSend }: AnswerColumnProps) {
  return (
    <Paper component="section" aria-label={labels.of(version)} style={{ borderTop: `3px solid ${colour}` }}>
      <Group justify="space-between" px={12} pt={8} wrap="nowrap">
        <Title order={2}>{version}</Title>
        <Caption className="nw-figures" truncate>
          {state.kind === "done"
            ? `${Math.round(state.answer.suggestion.latencyMs)} ms`
            : describeStatus(state)}
        </Caption>
      </Group>
      <Caption px={12} truncate>
        {hasAdapter(version) ? (about?.dataset ?? labels.adapter) : labels.noAdapter}
        {about?.gate === "failed" ? labels.gateFailed : ""}
        {about?.gate === "none" ? labels.noGate : ""}
      </Caption>
      <Stack gap={12} p={12}>
        <Body state={state} />
        {state.kind === "done" ? (
          <Button
            variant="default"
            onClick={() => onSend(state.answer.suggestion.names.map(({ name }) => name))}
          >
            {labels.send}
          </Button>
        ) : null}
      </Stack>
    </Paper>
  );
}

function describeStatus(state: Exclude<ColumnState, { kind: "done" }>): string {
  switch (state.kind) {
    case "waiting":
      if (state.holder !== null) return labels.waitingFor(state.holder);
      return state.loading ? labels.loadingBase : labels.queued;
    case "writing":
      return labels.writing;
    case "failed":
      return labels.failed;
    case "stopped":
      return labels.stopped;
    default:
      return assertNever(state);
  }
}

function Body({ state }: { state: ColumnState }) {
  switch (state.kind) {
    case "waiting":
      return <Lines text="" />;
    case "writing":
    case "stopped":
      return <Lines text={state.text} />;
    case "failed":
      return <FailureNotice error={state.failure} />;
    case "done":
      return <Finished state={state} />;
    default:
      return assertNever(state);
  }
}

/** Shows lines of text at the height of five names, so that nothing moves when the answer is complete. */
function Lines({ text }: { text: string }) {
  const lines = text === "" ? [] : text.split("\n");
  return (
    <Box mih={132} className="nw-mono">
      {lines.map((line, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines are only appended
        <Box key={at} lh="24px" style={{ overflowWrap: "anywhere" }}>
          {line}
        </Box>
      ))}
    </Box>
  );
}

function Finished({ state }: { state: Extract<ColumnState, { kind: "done" }> }) {
  const { suggestion, text, stop } = state.answer;
  const { names, findings, refused, refusalProbability } = suggestion;
  return (
    <>
      <Box mih={132}>
        {refused ? (
          <Stack gap={4}>
            <Badge color="gray">{labels.refused}</Badge>
            <Text c="dimmed">{labels.refusedDetail}</Text>
          </Stack>
        ) : (
          <NameTable names={names} />
        )}
      </Box>
      <Findings findings={findings} refused={refused} cut={stop === "length"} />
      <RefusalMeter probability={refusalProbability} />
      <AnswerFacts state={state} text={text} />
    </>
  );
}

interface FindingsProps {
  readonly findings: readonly { readonly rule: string; readonly message: string }[];
  readonly refused: boolean;
  readonly cut: boolean;
}

function Findings({ findings, refused, cut }: FindingsProps) {
  if (!cut && findings.length === 0) {
    if (refused) return null;
    return (
      <Text size="xs" c="var(--nw-better)">
        {labels.noFindings}
      </Text>
    );
  }
  return (
    <Stack gap={4} component="ul" m={0} p={0} style={{ listStyle: "none" }} aria-label={labels.findings}>
      {cut ? (
        <Text component="li" size="xs" c="var(--nw-worse)">
          {labels.cut}
        </Text>
      ) : null}
      {findings.map(({ rule, message }) => (
        <Text component="li" key={`${rule} ${message}`} size="xs" c="var(--nw-worse)">
          ! {message}
        </Text>
      ))}
    </Stack>
  );
}
