import { Text } from "@mantine/core";
import { formatCount } from "../../../shared/domain/format/count.ts";
import { plannedAssumption, rowsQuestions } from "../../../shared/domain/study/studyWords.ts";
import type { StudyReading } from "../../../shared/schema/study.ts";
import { Panel } from "../../ui/Panel.tsx";
import { messages } from "./messages.ts";
import { StudyTable } from "./StudyTable.tsx";

const { rows: text } = messages;

/** Shows how many rows each question would take, beside the rows of the two files. */
export function RowsPanel({ reading }: { reading: StudyReading }) {
  return (
    <Panel title={text.title}>
      <StudyTable
        caption={text.caption}
        rows={rowsQuestions(reading)}
        keyOf={({ question, rows }) => `${question} ${rows}`}
        columns={[
          { title: text.question, cell: ({ question }) => question, td: { maw: 560, miw: 260 } },
          { title: text.had, ta: "right", cell: ({ had, rows }) => `${had} ${rows}`, td: nowrap },
          {
            title: text.needed,
            ta: "right",
            cell: ({ needed, rows }) => (needed === null ? text.none : `${formatCount(needed)} ${rows}`),
            td: nowrap,
          },
        ]}
      />
      <Text c="dimmed" mt={8}>
        {plannedAssumption(reading)}
      </Text>
    </Panel>
  );
}

const nowrap = { style: { whiteSpace: "nowrap" } } as const;
