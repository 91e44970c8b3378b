import { Button, Group, List, Modal, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { formatCount, pluralize } from "../../../../shared/domain/format/count.ts";
import { sentenceCase } from "../../../../shared/domain/format/sentence.ts";
import { labelWords, totalOf } from "../../../../shared/domain/report/labelWords.ts";
import type { Rotation } from "../../../../shared/schema/heldout.ts";
import { useClient } from "../../../api/index.ts";
import { FailureNotice } from "../../../ui/FailureNotice.tsx";
import { notice } from "../../../ui/notices.tsx";
import { PathPicker } from "../../../ui/PathPicker.tsx";
import { messages } from "../messages.ts";

const { rotate: text } = messages;

/** The number of problems that the dialog lists. */
const LISTED = 8;

function Planned({ rotation }: { rotation: Rotation }) {
  const { retired, added, kept, problems, warnings, evaluateAgain } = rotation;
  return (
    <Stack gap={8}>
      <List size="sm">
        <List.Item>{text.retired(labelWords(retired))}</List.Item>
        <List.Item>{text.added(labelWords(added))}</List.Item>
        {totalOf(kept) === 0 ? null : <List.Item>{text.kept(labelWords(kept))}</List.Item>}
        {evaluateAgain.length === 0 ? null : <List.Item>{text.stale(evaluateAgain.join(", "))}</List.Item>}
      </List>
      {warnings.map((warning) => (
        <Text key={warning}>{warning}</Text>
      ))}
      {problems.length === 0 ? null : (
        <>
          <Text c="var(--nw-worse)">{text.problems(pluralize(problems.length, "problem"))}</Text>
          <List size="sm">
            {problems.slice(0, LISTED).map(({ row, code, message }) => (
              <List.Item key={`${row} ${code} ${message}`}>
                {row === null ? sentenceCase(message) : text.problem(row, message)}
              </List.Item>
            ))}
          </List>
          {problems.length > LISTED ? <Text>{text.more(formatCount(problems.length - LISTED))}</Text> : null}
        </>
      )}
    </Stack>
  );
}

/** Replaces used held-out rows: shows what would change, with a file of new rows or without, and writes it on confirmation. */
export function RotateHeldout({ onRotated }: { onRotated(): void }) {
  const [opened, { open, close }] = useDisclosure(false);
  const [rows, setRows] = useState<string | null>(null);
  const client = useClient();
  const queries = useQueryClient();
  const planning = useMutation({
    networkMode: "always",
    mutationFn: (file: string | null) => client.heldout.rotate({ rows: file, dryRun: true }),
  });
  const writing = useMutation({
    networkMode: "always",
    mutationFn: () => client.heldout.rotate({ rows, dryRun: false }),
    onSuccess: async ({ added }) => {
      close();
      notice(text.done(labelWords(added)), text.title);
      await queries.invalidateQueries();
      onRotated();
    },
  });
  const start = () => {
    setRows(null);
    writing.reset();
    // Held-out rows that no look has used may suffice. If there are none, a file is required.
    planning.mutate(null);
    open();
  };
  const plan = planning.data;
  return (
    <>
      <Button variant="default" mt={8} onClick={start}>
        {text.button}
      </Button>
      <Modal opened={opened} onClose={close} title={text.title} size={520}>
        <Stack gap={12}>
          <Text>{text.help}</Text>
          <PathPicker
            purpose="csv"
            action={text.choose}
            busy={planning.isPending && rows !== null}
            onPicked={(file) => {
              setRows(file);
              planning.mutate(file);
            }}
          />
          <FailureNotice error={(rows === null ? null : planning.error) ?? writing.error} />
          {plan === undefined ? null : <Planned rotation={plan} />}
          <Group gap={8} justify="flex-end">
            <Button variant="default" onClick={close}>
              {text.cancel}
            </Button>
            <Button
              disabled={plan === undefined || plan.problems.length > 0}
              loading={writing.isPending}
              onClick={() => writing.mutate()}
            >
              {rows === null && plan !== undefined ? text.confirmWithout : text.confirm}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
