import { Code, Group, Stack, Text, Title } from "@mantine/core";
import { formatProbability } from "../../../../shared/domain/format/probability.ts";
import type { RowDetail } from "../../../../shared/schema/evaluationRows.ts";
import { cellWords, unscoredWords } from "../words.ts";
import { JudgedNames } from "./JudgedNames.tsx";
import { LabelPanel } from "./LabelPanel.tsx";
import type { Corrections } from "./useCorrections.ts";

/** The description, what is right, what the model said, and what was thought of it. */
export function RowDetailBody({ detail, corrections }: { detail: RowDetail; corrections: Corrections }) {
  const { row, text, samples, group } = detail;
  return (
    <Stack gap={16}>
      <Text size="sm" style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
        {row.description}
      </Text>
      <Group gap={16} className="nw-figures">
        <Fact name="cell" value={row.cell === null ? "none" : cellWords[row.cell]} />
        <Fact name="outcome" value={row.outcome} />
        <Fact name="P(refuse)" value={formatProbability(row.refusalProbability)} />
        <Fact name="slice" value={row.slice ?? "–"} />
        <Fact name="group" value={group} />
        {row.latencyMs === null ? null : <Fact name="latency" value={`${Math.round(row.latencyMs)} ms`} />}
        {samples === 1 ? null : <Fact name="sample" value={`${row.sample + 1} of ${samples}`} />}
      </Group>
      <LabelPanel detail={detail} corrections={corrections} />
      <section aria-label="Names">
        <Title order={2} mb={4}>
          {row.outcome === "refused" ? "It refused" : "Names"}
        </Title>
        {row.unscored === null ? null : (
          <Text size="sm" className="nw-hatched" px={8} py={4} mb={8}>
            Unscored: {unscoredWords(row.unscored.reason)}. {row.unscored.detail}
          </Text>
        )}
        {row.outcome === "malformed" ? (
          <>
            <Text size="xs" c="dimmed">
              Malformed: neither five valid names nor nothing. The text as it came:
            </Text>
            <Code block tabIndex={0} role="region" aria-label="The model's text">
              {text}
            </Code>
          </>
        ) : null}
        <JudgedNames detail={detail} corrections={corrections} />
      </section>
    </Stack>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <Text size="xs" c="dimmed">
        {name}
      </Text>
      <Text size="sm">{value}</Text>
    </div>
  );
}
