import { Stack, Text } from "@mantine/core";
import { formatNumber, formatSigned } from "../../../shared/domain/format/number.ts";
import { meaningOf } from "../../../shared/domain/study/studyWords.ts";
import type { BothSides, PublishedFigure, StudyReading } from "../../../shared/schema/study.ts";
import { Caption } from "../../ui/Caption.ts";
import { Panel } from "../../ui/Panel.tsx";
import { messages } from "./messages.ts";
import { StudyTable } from "./StudyTable.tsx";

const { published: text } = messages;

/** Shows each published figure, the same figure computed again, and what it really is. */
export function PublishedPanel({ reading }: { reading: StudyReading }) {
  return (
    <Panel title={text.title}>
      <Stack gap={8}>
        <StudyTable
          caption={text.caption}
          rows={reading.published}
          keyOf={({ id }) => id}
          columns={[
            { title: text.figure, cell: (figure) => <Name figure={figure} />, td: { miw: 120 } },
            { title: "v1", ta: "right", cell: (figure) => <Side figure={figure} side="baseline" /> },
            { title: "v2", ta: "right", cell: (figure) => <Side figure={figure} side="candidate" /> },
            { title: text.change, ta: "right", cell: (figure) => <Side figure={figure} side="change" /> },
            { title: text.meaning, cell: (figure) => meaningOf(figure, reading), td: { maw: 460, miw: 200 } },
          ]}
        />
        {reading.reproduced ? <Text maw={720}>{text.well}</Text> : null}
      </Stack>
    </Panel>
  );
}

function Name({ figure: { name, reproduced } }: { figure: PublishedFigure }) {
  return (
    <>
      {name}
      <Caption>{reproduced ? text.reproduced : text.notReproduced}</Caption>
    </>
  );
}

/** Shows a published number, and the recomputed one below it where it differs or none was published. */
function Side({ figure, side }: { figure: PublishedFigure; side: keyof BothSides }) {
  const { published, recomputed, decimals } = figure;
  const format = side === "change" ? formatSigned : formatNumber;
  const [claim, found] = [format(published[side], decimals), format(recomputed[side], decimals)];
  return (
    <>
      {claim}
      {claim === found ? null : <Caption style={{ whiteSpace: "nowrap" }}>{text.recomputed(found)}</Caption>}
    </>
  );
}
