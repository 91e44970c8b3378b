import { Text } from "@mantine/core";
import { formatCount } from "../../../shared/domain/format/count.ts";
import { formatP } from "../../../shared/domain/format/probability.ts";
import type { CorrectedFigure, StudyReading } from "../../../shared/schema/study.ts";
import { Caption } from "../../ui/Caption.ts";
import { Delta } from "../../ui/Delta.tsx";
import { Figure } from "../../ui/Figure.tsx";
import { MetricName } from "../../ui/MetricName.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { messages } from "./messages.ts";
import { StudyTable } from "./StudyTable.tsx";

const { corrected: text } = messages;

/** Shows the figures of both versions and their changes, each with its interval and rows. */
export function CorrectedPanel({ reading: { corrected, comparison } }: { reading: StudyReading }) {
  return (
    <Panel title={text.title}>
      <StudyTable
        caption={text.caption}
        rows={corrected}
        keyOf={({ id }) => id}
        columns={[
          { title: text.metric, cell: ({ id, name }) => <MetricName id={id} name={name} /> },
          {
            title: comparison.baseline.name,
            ta: "right",
            cell: ({ baseline }) => <Figure {...baseline} align="right" />,
          },
          {
            title: comparison.candidate.name,
            ta: "right",
            cell: ({ candidate }) => <Figure {...candidate} align="right" />,
          },
          {
            title: text.change,
            ta: "right",
            cell: ({ better, baseline, candidate, change: { value, ci95, reason, n } }) => (
              <>
                <Delta change={value} ci95={ci95} better={better} reason={reason} align="right" />
                <Caption>
                  {n === null
                    ? text.nOfSides(formatCount(baseline.n), formatCount(candidate.n))
                    : text.n(formatCount(n))}
                </Caption>
              </>
            ),
          },
          { title: text.p, ta: "right", cell: ({ change }) => formatP(change.p) },
        ]}
      />
      {corrected.some(disagrees) ? (
        <Text c="dimmed" maw={720} mt={8}>
          {text.disagreement}
        </Text>
      ) : null}
    </Panel>
  );
}

/** The interval excludes 0, but the test isn't significant. */
function disagrees({ change: { ci95, p } }: CorrectedFigure): boolean {
  return ci95 !== null && (ci95[0] > 0 || ci95[1] < 0) && p !== null && p >= 0.05;
}
