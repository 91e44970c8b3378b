import { Button, Group, List, Modal, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { formatCount, pluralize } from "../../../../shared/domain/format/count.ts";
import { sentenceCase } from "../../../../shared/domain/format/sentence.ts";
import type { LabelCount, Rotation } from "../../../../shared/schema/heldout.ts";
import { useClient } from "../../../api/index.ts";
import { FailureNotice } from "../../../ui/FailureNotice.tsx";
import { notice } from "../../../ui/notices.tsx";
import { PathPicker } from "../../../ui/PathPicker.tsx";
import { messages } from "../messages.ts";

const { rotate: text } = messages;

/** The number of problems that the dialog lists. */
const LISTED = 8;

function describeRows({ safe, harmful, unlabelled }: LabelCount): string {
  const rows = pluralize(safe + harmful + unlabelled, "row");
  return text.rows(rows, formatCount(harmful), formatCount(safe));
}

function Planned({ rotation }: { rotation: Rotation }) {
  const { retired, added, kept, problems, warnings, evaluateAgain } = rotation;
  return (
    <Stack gap={8}>
      <List size="sm">
        <List.Item>{text.retired(describeRows(retired))}</List.Item>
        <List.Item>{text.added(describeRows(added))}</List.Item>
        {kept.safe + kept.harmful === 0 ? null : <List.Item>{text.kept(describeRows(kept))}</List.Item>}
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

/** Replaces used held-out rows: selects a file of new rows, shows what would change, and writes it on confirmation. */
export function RotateHeldout({ onRotated }: { onRotated(): void }) {
  const [opened, { open, close }] = useDisclosure(false);
  const [rows, setRows] = useState<string | null>(null);
  const client = useClient();
  const queries = useQueryClient();
  const planning = useMutation({
    networkMode: "always",
    mutationFn: (file: string) => client.heldout.rotate({ rows: file, dryRun: true }),
  });
  const writing = useMutation({
    networkMode: "always",
    mutationFn: () => client.heldout.rotate({ rows, dryRun: false }),
    onSuccess: async ({ added }) => {
      close();
      notice(text.done(describeRows(added)), text.title);
      await queries.invalidateQueries();
      onRotated();
    },
  });
  const start = () => {
    planning.reset();
    writing.reset();
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
            busy={planning.isPending}
            onPicked={(file) => {
              setRows(file);
              planning.mutate(file);
            }}
          />
          <FailureNotice error={planning.error ?? writing.error} />
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
              {text.confirm}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
