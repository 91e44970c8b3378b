import { Button, List, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { decisionWords } from "../../../shared/domain/report/decisionWords.ts";
import { failedCallsSentences, verdictSentence } from "../../../shared/domain/study/studyWords.ts";
import type { StudyReading } from "../../../shared/schema/study.ts";
import { useApi } from "../../api/index.ts";
import { FailureNotice } from "../../ui/FailureNotice.tsx";
import { DifferenceChart } from "../../ui/figures/DifferenceChart.tsx";
import { FigurePanel } from "../../ui/figures/FigurePanel.tsx";
import { notice } from "../../ui/notices.tsx";
import { OpenCsvFiles } from "../../ui/OpenCsvFiles.tsx";
import { Page } from "../../ui/Page.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { LinesSkeleton } from "../../ui/Skeletons.tsx";
import { useUrlGroup } from "../../ui/useUrlGroup.ts";
import { CorrectedPanel } from "./CorrectedPanel.tsx";
import { LabelsPanel } from "./LabelsPanel.tsx";
import { messages } from "./messages.ts";
import { PublishedPanel } from "./PublishedPanel.tsx";
import { RowsPanel } from "./RowsPanel.tsx";

const noFiles = { v1: "", v2: "" };

/** Reads the published study again: from stored figures, or from its two results files. */
export function StudyScreen() {
  const [{ v1, v2 }, setFiles] = useUrlGroup(noFiles);
  const files = v1 === "" || v2 === "" ? null : { baseline: v1, candidate: v2 };
  const asked = useQuery(useApi().study.read.queryOptions({ input: { files } }));
  const take = ([first, second]: readonly string[]): void => {
    if (first === undefined) return;
    if (second === undefined) notice(messages.files.one, messages.files.oneTitle);
    else setFiles({ v1: first, v2: second });
  };
  return (
    <Page
      title={messages.title}
      lead={asked.data === undefined ? null : <Source reading={asked.data} />}
      actions={
        <>
          {files === null ? null : (
            <Button variant="default" onClick={() => setFiles(noFiles)}>
              {messages.files.showStored}
            </Button>
          )}
          <OpenCsvFiles help={messages.files.help} onFiles={take} />
        </>
      }
    >
      <Stack gap={12} maw={1100}>
        <Text maw={720}>{messages.intro}</Text>
        <FailureNotice error={asked.error} title={messages.failed} onRetry={asked.refetch} />
        {asked.data !== undefined ? (
          <Reading reading={asked.data} />
        ) : asked.error === null ? (
          <LinesSkeleton lines={12} />
        ) : null}
      </Stack>
    </Page>
  );
}

/** Shows next to the title where the figures come from. */
function Source({ reading: { source, comparison } }: { reading: StudyReading }) {
  const { storedLead, givenLead } = messages.files;
  return (
    <Text c="dimmed" truncate>
      {source === "stored" ? storedLead : givenLead(comparison.baseline.name, comparison.candidate.name)}
    </Text>
  );
}

function Reading({ reading }: { reading: StudyReading }) {
  return (
    <>
      <VerdictPanel reading={reading} />
      <PublishedPanel reading={reading} />
      <CorrectedPanel reading={reading} />
      <FigurePanel title={messages.corrected.chart}>
        <DifferenceChart comparison={reading.comparison} />
      </FigurePanel>
      <LabelsPanel reading={reading} />
      <FailuresPanel reading={reading} />
      <RowsPanel reading={reading} />
      <SourcePanel reading={reading} />
    </>
  );
}

/** Shows the verdict in one sentence, and the reasons of the decision rule. */
function VerdictPanel({ reading }: { reading: StudyReading }) {
  const { decision, reasons } = reading.comparison;
  return (
    <Panel title={messages.verdict}>
      <Stack gap={8}>
        <Text size="lg" fw={600}>
          {decisionWords[decision]}
        </Text>
        <Text maw={720}>{verdictSentence(reading)}</Text>
        <Text c="dimmed">{messages.reasons}</Text>
        <List size="sm" spacing={2}>
          {reasons.map((reason) => (
            <List.Item key={reason}>{reason}</List.Item>
          ))}
        </List>
      </Stack>
    </Panel>
  );
}

/** Shows what failed judge calls do to the mean quality. */
function FailuresPanel({ reading }: { reading: StudyReading }) {
  return (
    <Panel title={messages.failures.title}>
      <Text maw={720}>
        {messages.failures.program} {failedCallsSentences(reading).join(" ")} {messages.failures.here}
      </Text>
    </Panel>
  );
}

/** Says where the figures come from, and how to compute them from the files. */
function SourcePanel({ reading: { source, comparison } }: { reading: StudyReading }) {
  const { files } = messages;
  return (
    <Panel title={files.title}>
      <Text maw={720}>
        {source === "stored"
          ? files.stored
          : files.given(comparison.baseline.name, comparison.candidate.name)}{" "}
        {files.format}
      </Text>
    </Panel>
  );
}
