import { Anchor, Button, Checkbox, Group, Modal, Select, Stack, Text, Textarea } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";
import { type NewRow, newRowProblems } from "../../../shared/domain/playground/rowCells.ts";
import { useApi } from "../../api/index.ts";
import { FailureNotice } from "../../ui/FailureNotice.tsx";
import { useWorkspacePath } from "../../ui/useUrlState.ts";
import { messages } from "./messages.ts";
import { useSendRow } from "./useSendRow.ts";

const { send: labels } = messages;

interface SendRowDialogProps {
  readonly row: NewRow;
  onClose(): void;
}

/** Returns the names in a text with one name per line. */
const namesIn = (text: string) =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");

/** Reviews a description and its names before they are added to a dataset. */
export function SendRowDialog({ row, onClose }: SendRowDialogProps) {
  const { to } = useWorkspacePath();
  const listed = useQuery(useApi().dataset.list.queryOptions());
  const datasets = listed.data?.filter(({ kind }) => kind === "dataset") ?? [];
  const [chosen, setChosen] = useState<string | null>(null);
  const file = chosen ?? datasets.at(-1)?.file ?? null;
  const [description, setDescription] = useState(row.description);
  const [text, setText] = useState(row.names.join("\n"));
  const [refuse, setRefuse] = useState(row.names.length === 0);
  const edited: NewRow = { description: description.trim(), names: refuse ? [] : namesIn(text) };
  const problems = !refuse && edited.names.length === 0 ? [labels.missingNames] : newRowProblems(edited);
  const sending = useSendRow((name) => {
    notifications.show({
      title: labels.added(name),
      message: (
        <>
          {labels.addedDetail} <Link href={to("datasets")}>{labels.datasets}</Link>.
        </>
      ),
    });
    onClose();
  });
  return (
    <Modal opened onClose={onClose} title={labels.title} size="lg">
      <Stack gap={12}>
        <FailureNotice error={listed.error} />
        {listed.data !== undefined && datasets.length === 0 ? (
          <Text>
            {labels.noDataset}{" "}
            <Anchor component={Link} href={to("datasets")}>
              {labels.addDataset}
            </Anchor>
          </Text>
        ) : (
          <Select
            label={labels.dataset}
            data={datasets.map(({ file: value, name }) => ({ value, label: name }))}
            value={file}
            onChange={setChosen}
          />
        )}
        <Textarea
          label={labels.description}
          autosize
          minRows={2}
          maxRows={6}
          value={description}
          onChange={({ currentTarget }) => setDescription(currentTarget.value)}
        />
        <Checkbox
          label={labels.refuse}
          checked={refuse}
          onChange={({ currentTarget }) => setRefuse(currentTarget.checked)}
        />
        {refuse ? null : (
          <Textarea
            label={labels.names}
            rows={5}
            classNames={{ input: "nw-mono" }}
            value={text}
            onChange={({ currentTarget }) => setText(currentTarget.value)}
          />
        )}
        {problems.length === 0 ? null : (
          <Stack gap={2} role="status">
            {problems.map((problem) => (
              <Text key={problem} size="xs" c="var(--nw-worse)">
                ! {problem}
              </Text>
            ))}
          </Stack>
        )}
        <FailureNotice error={sending.error} title={labels.failed} />
        <Group gap={8} justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {labels.cancel}
          </Button>
          <Button
            disabled={file === null || problems.length > 0}
            loading={sending.isPending}
            onClick={() => file !== null && sending.mutate({ file, row: edited })}
          >
            {labels.add}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
