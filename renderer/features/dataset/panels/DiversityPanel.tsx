import { Stack, Text } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import {
  type DiversityFigure,
  descriptionFigures,
  nameFigures,
} from "../../../../shared/domain/dataset/diversityFigures.ts";
import { formatCount, pluralize } from "../../../../shared/domain/format/count.ts";
import { formatShare } from "../../../../shared/domain/format/number.ts";
import { sentenceCase } from "../../../../shared/domain/format/sentence.ts";
import type { NameDiversity } from "../../../../shared/schema/diversity.ts";
import { useApi } from "../../../api/index.ts";
import { Caption } from "../../../ui/Caption.ts";
import { FailureNotice } from "../../../ui/FailureNotice.tsx";
import { LinesSkeleton } from "../../../ui/Skeletons.tsx";
import { messages } from "../messages.ts";
import { Line, Lines } from "./Lines.tsx";
import type { PanelProps } from "./panelProps.ts";
import { Section } from "./Section.tsx";

const { diversity: text } = messages;

function Figures({ figures }: { figures: readonly DiversityFigure[] }) {
  return (
    <Lines>
      {figures.map(({ name, value }) => (
        <Line key={name} name={sentenceCase(name)} value={value} />
      ))}
    </Lines>
  );
}

function Pieces({ pieces }: { pieces: NameDiversity["firstPieces"] }) {
  return (
    <Lines>
      {pieces.map(({ piece, count, share }) => (
        <Line key={piece} name={piece} value={formatCount(count)} beside={formatShare(share)} />
      ))}
    </Lines>
  );
}

function Names({ names }: { names: NameDiversity }) {
  return (
    <>
      <Section title={text.names}>
        <Figures figures={nameFigures(names)} />
        <Caption>{text.similarity}</Caption>
      </Section>
      {names.firstPieces.length === 0 ? null : (
        <>
          <Section title={text.firstPieces}>
            <Pieces pieces={names.firstPieces} />
          </Section>
          <Section title={text.lastPieces}>
            <Pieces pieces={names.lastPieces} />
          </Section>
        </>
      )}
    </>
  );
}

/** Shows how varied the document is, including unsaved edits. The figures are those of `dataset diversity`. */
export function DiversityPanel({ file, revision }: PanelProps) {
  const { data, error, refetch } = useQuery({
    ...useApi().dataset.document.diversity.queryOptions({ input: { file } }),
    queryKey: ["document-diversity", file, revision],
    placeholderData: keepPreviousData,
  });
  if (error !== null) return <FailureNotice error={error} title={text.failed} onRetry={refetch} />;
  if (data === undefined) return <LinesSkeleton lines={10} />;
  const { diversity } = data;
  return (
    <Stack gap={16} className="nw-figures">
      <Section title={text.descriptions}>
        <Figures figures={descriptionFigures(diversity)} />
        <Caption>{text.distinct}</Caption>
        {diversity.measuredRows === diversity.rows ? null : (
          <Caption>{text.measured(pluralize(diversity.measuredRows, "row"))}</Caption>
        )}
      </Section>
      {diversity.names === null ? <Text c="dimmed">{text.noNames}</Text> : <Names names={diversity.names} />}
    </Stack>
  );
}
