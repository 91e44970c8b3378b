import { List, Stack, Text } from "@mantine/core";
import { formatCount, pluralize } from "../../../shared/domain/format/count.ts";
import { formatP } from "../../../shared/domain/format/probability.ts";
import { labelChoiceName } from "../../../shared/domain/study/studyWords.ts";
import type { StudyReading } from "../../../shared/schema/study.ts";
import { Panel } from "../../ui/Panel.tsx";
import { messages } from "./messages.ts";
import { StudyTable } from "./StudyTable.tsx";

const { labels: text } = messages;

/** Shows the rows whose label differs between the two files, and the test under each choice of labels. */
export function LabelsPanel({ reading }: { reading: StudyReading }) {
  const { baseline, candidate, labelFlips } = reading.comparison;
  return (
    <Panel title={text.title}>
      <Stack gap={8}>
        <Text maw={720}>
          {labelFlips.length === 0 ? text.none : text.some(pluralize(labelFlips.length, "row"))}
        </Text>
        <List size="sm">
          {labelFlips.map((flip) => (
            <List.Item key={flip.description}>
              {flip.baseline} → {flip.candidate}: {flip.description}
            </List.Item>
          ))}
        </List>
        <StudyTable
          caption={text.caption}
          rows={reading.labelChoices}
          keyOf={({ labels }) => labels}
          columns={[
            { title: text.choice, cell: (choice) => labelChoiceName(choice, reading) },
            { title: text.n, ta: "right", cell: ({ n }) => formatCount(n) },
            {
              title: text.only(baseline.name),
              ta: "right",
              cell: ({ onlyBaselineCorrect }) => formatCount(onlyBaselineCorrect),
            },
            {
              title: text.only(candidate.name),
              ta: "right",
              cell: ({ onlyCandidateCorrect }) => formatCount(onlyCandidateCorrect),
            },
            { title: text.p, ta: "right", cell: ({ p }) => formatP(p) },
          ]}
        />
      </Stack>
    </Panel>
  );
}
