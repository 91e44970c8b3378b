import { Box, Stack, Title } from "@mantine/core";
import { formatCount, pluralize } from "../../../../shared/domain/format/count.ts";
import { formatNumber } from "../../../../shared/domain/format/number.ts";
import { scaleName } from "../../../../shared/domain/report/model.ts";
import type { NameConfidence } from "../../../../shared/schema/nameConfidence.ts";
import { Caption } from "../../../ui/Caption.ts";
import { DataTable } from "../../../ui/DataTable.tsx";
import { Figure } from "../../../ui/Figure.tsx";
import { messages } from "../messages.ts";

const { confidence: text } = messages;

/** Shows how far the probability of a name tells its score. */
export function NameConfidencePanel({ confidence }: { confidence: NameConfidence }) {
  const { scale, names, rows, spearman } = confidence;
  return (
    <Stack gap={8}>
      <Title order={3}>{text.title(scaleName(scale))}</Title>
      <Box>
        <Caption>{text.spearman}</Caption>
        <Figure {...spearman} n={names} />
      </Box>
      <Caption>
        {text.covers(pluralize(names, "name"), pluralize(rows, "row"))}
        {scale === "rule-score" ? ` ${text.ruleScore}` : ""}
      </Caption>
      <Deciles confidence={confidence} />
    </Stack>
  );
}

function Deciles({ confidence: { scale, deciles } }: { confidence: NameConfidence }) {
  if (deciles.length === 0) return <Caption>{text.tooFew}</Caption>;
  const parts = deciles.map((decile, at) => ({ ...decile, part: at + 1 }));
  const label = text.title(scaleName(scale));
  return (
    <Box style={{ overflowX: "auto" }} tabIndex={0} role="region" aria-label={label}>
      <DataTable
        className="nw-figures"
        miw={360}
        rows={parts}
        keyOf={({ part }) => part}
        columns={[
          { title: text.part, w: 72, ta: "right", cell: ({ part }) => formatCount(part) },
          { title: text.names, ta: "right", cell: ({ names }) => formatCount(names) },
          { title: text.probability, ta: "right", cell: ({ probability }) => formatNumber(probability) },
          { title: text.score(scaleName(scale)), ta: "right", cell: ({ score }) => formatNumber(score) },
        ]}
      />
    </Box>
  );
}
