import { Box, Code, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { formatCount, pluralize } from "../../../shared/domain/format/count.ts";
import { shortHash } from "../../../shared/domain/format/hash.ts";
import type { ColumnState } from "../../../shared/domain/playground/columns.ts";
import { Caption } from "../../ui/Caption.ts";
import { messages } from "./messages.ts";

const { facts: labels } = messages;

interface AnswerFactsProps {
  readonly state: Extract<ColumnState, { kind: "done" }>;
  readonly text: string;
}

/** Shows the adapter that the engine reports as active, the base, the engine, and the raw output. */
export function AnswerFacts({ state, text }: AnswerFactsProps) {
  const { adapter, base, tokens, suggestion } = state.answer;
  const perSecond =
    tokens > 0 && suggestion.latencyMs > 0 ? Math.round((1000 * tokens) / suggestion.latencyMs) : null;
  return (
    <Box>
      <Stack gap={2} component="dl" m={0}>
        <Fact name={labels.active}>
          {adapter === null ? (
            labels.baseOnly
          ) : (
            <span title={adapter.hash}>
              {adapter.version} · {shortHash(adapter.hash)}
            </span>
          )}
        </Fact>
        <Fact name={labels.base}>
          <span title={base.hash}>
            {base.name} · {shortHash(base.hash)}
          </span>
        </Fact>
        <Fact name={labels.tokens}>
          {labels.tokenCounts(formatCount(state.promptTokens), formatCount(tokens))}
          {perSecond === null ? "" : labels.speed(perSecond)}
        </Fact>
        {state.engine === null ? null : (
          <Fact name={labels.engine}>
            {state.engine.gpu ?? "CPU"}, {state.engine.precision}, {pluralize(state.engine.threads, "thread")}
          </Fact>
        )}
      </Stack>
      <Box component="details" mt={4} fz="xs">
        <Caption component="summary" style={{ cursor: "pointer" }}>
          {labels.raw}
        </Caption>
        <Code block>{text === "" ? labels.rawEmpty : text}</Code>
      </Box>
    </Box>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <Text size="xs" component="div" style={{ display: "flex", gap: 8 }}>
      <Caption span component="dt" w={48} flex="none">
        {name}
      </Caption>
      <Text span size="xs" component="dd" m={0} className="nw-figures" style={{ overflowWrap: "anywhere" }}>
        {children}
      </Text>
    </Text>
  );
}
