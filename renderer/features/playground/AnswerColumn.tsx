import { Badge, Box, Button, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { assertNever } from "../../../shared/domain/failure.ts";
import type { ColumnState } from "../../../shared/domain/playground/columns.ts";
import type { PlaygroundVersion } from "../../../shared/schema/suggest.ts";
import { FailureNotice } from "../../ui/FailureNotice.tsx";
import { AnswerFacts } from "./AnswerFacts.tsx";
import { NameTable } from "./NameTable.tsx";
import { RefusalMeter } from "./RefusalMeter.tsx";

interface AnswerColumnProps {
  readonly version: string;
  readonly about: PlaygroundVersion | undefined;
  readonly state: ColumnState;
  readonly colour: string;
  onSend(names: readonly string[]): void;
}

/** What one version makes of the description. */
export function AnswerColumn({ version, about, state, colour, onSend }: AnswerColumnProps) {
  return (
    <Paper
      component="section"
      aria-label={`Answer of ${version}`}
      style={{ borderTop: `3px solid ${colour}` }}
    >
      <Group justify="space-between" px={12} pt={8} wrap="nowrap">
        <Title order={2}>{version}</Title>
        <Text size="xs" c="dimmed" className="nw-figures" truncate>
          {state.kind === "done" ? `${Math.round(state.answer.suggestion.latencyMs)} ms` : statusWords(state)}
        </Text>
      </Group>
      <Text size="xs" c="dimmed" px={12} truncate>
        {version === "base" ? "no adapter" : (about?.dataset ?? "adapter")}
        {about?.gate === "failed" ? " · parity gate failed" : ""}
      </Text>
      <Stack gap={12} p={12}>
        <Body state={state} />
        {state.kind === "done" ? (
          <Button
            variant="default"
            onClick={() => onSend(state.answer.suggestion.names.map(({ name }) => name))}
          >
            Send to a dataset…
          </Button>
        ) : null}
      </Stack>
    </Paper>
  );
}

function statusWords(state: Exclude<ColumnState, { kind: "done" }>): string {
  switch (state.kind) {
    case "waiting":
      if (state.holder !== null) return `waits for ${state.holder}`;
      return state.loading ? "the base is loaded…" : "waits for its turn";
    case "writing":
      return "writing…";
    case "failed":
      return "failed";
    case "stopped":
      return "stopped";
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

/** Five places, so that nothing moves when the figures come. */
function Lines({ text }: { text: string }) {
  const lines = text === "" ? [] : text.split("\n");
  return (
    <Box mih={132} className="nw-mono">
      {lines.map((line, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines only ever come behind the last one
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
            <Badge color="gray">Refused</Badge>
            <Text size="sm" c="dimmed">
              The model gave no names for this description.
            </Text>
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
        ✓ keeps every naming rule
      </Text>
    );
  }
  return (
    <Stack gap={4} component="ul" m={0} p={0} style={{ listStyle: "none" }} aria-label="Naming rules broken">
      {cut ? (
        <Text component="li" size="xs" c="var(--nw-worse)">
          ! cut off: the limit of tokens was reached
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
