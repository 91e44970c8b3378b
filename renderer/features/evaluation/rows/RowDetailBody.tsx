import { Code, Group, Stack, Text, Title } from "@mantine/core";
import { formatProbability } from "../../../../shared/domain/format/probability.ts";
import type { RowDetail } from "../../../../shared/schema/evaluationRows.ts";
import { Caption } from "../../../ui/Caption.ts";
import { cellLabels, describeUnscored } from "../labels.ts";
import { messages } from "../messages.ts";
import { JudgedNames } from "./JudgedNames.tsx";
import { LabelPanel } from "./LabelPanel.tsx";
import type { Corrections } from "./useCorrections.ts";

const { detail: labels } = messages;

/** Shows a row's description, label, output, and scores. */
export function RowDetailBody({ detail, corrections }: { detail: RowDetail; corrections: Corrections }) {
  const { row, text, samples, group } = detail;
  return (
    <Stack gap={16}>
      <Text style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>{row.description}</Text>
      <Group gap={16} className="nw-figures">
        <Fact name={labels.cell} value={row.cell === null ? labels.noCell : cellLabels[row.cell]} />
        <Fact name={labels.outcome} value={row.outcome} />
        <Fact name={messages.rows.refusalProbability} value={formatProbability(row.refusalProbability)} />
        <Fact name={labels.slice} value={row.slice ?? "–"} />
        <Fact name={labels.group} value={group} />
        {row.latencyMs === null ? null : (
          <Fact name={labels.latency} value={`${Math.round(row.latencyMs)} ms`} />
        )}
        {samples === 1 ? null : (
          <Fact name={labels.sample} value={labels.sampleOf(row.sample + 1, samples)} />
        )}
      </Group>
      <LabelPanel detail={detail} corrections={corrections} />
      <section aria-label={labels.names}>
        <Title order={2} mb={4}>
          {row.outcome === "refused" ? labels.refused : labels.names}
        </Title>
        {row.unscored === null ? null : (
          <Text className="nw-hatched" px={8} py={4} mb={8}>
            {labels.unscored(describeUnscored(row.unscored.reason), row.unscored.detail)}
          </Text>
        )}
        {row.outcome === "malformed" ? (
          <>
            <Caption>{labels.malformed}</Caption>
            <Code block tabIndex={0} role="region" aria-label={labels.rawOutput}>
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
      <Caption>{name}</Caption>
      <Text>{value}</Text>
    </div>
  );
}
