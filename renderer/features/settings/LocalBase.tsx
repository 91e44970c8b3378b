import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { BaseCheck } from "../../../shared/schema/base.ts";
import { useApi } from "../../api/index.ts";
import { FailureNotice } from "../../ui/FailureNotice.tsx";
import { PathPicker } from "../../ui/PathPicker.tsx";
import { BaseFacts } from "./BaseFacts.tsx";
import { localBases, messages } from "./messages.ts";
import { useBaseChoice } from "./useBaseChoice.ts";

type Kind = keyof typeof localBases;

/** Uses a model from anywhere on this machine after checking it. */
export function LocalBase({ readOnly }: { readOnly: boolean }) {
  const [kind, setKind] = useState<Kind | null>(null);
  return (
    <Group gap={8}>
      {(Object.keys(localBases) as Kind[]).map((one) => (
        <Button key={one} variant="default" disabled={readOnly} onClick={() => setKind(one)}>
          {localBases[one].button}
        </Button>
      ))}
      {kind === null ? null : <LocalBaseDialog kind={kind} onClose={() => setKind(null)} />}
    </Group>
  );
}

function LocalBaseDialog({ kind, onClose }: { kind: Kind; onClose: () => void }) {
  const { title, about, pick } = localBases[kind];
  const checking = useMutation(useApi().base.check.mutationOptions());
  return (
    <Modal opened onClose={onClose} title={title} size="lg">
      <Stack gap={12}>
        <Text c="dimmed">{about}</Text>
        <PathPicker
          purpose={kind}
          action={pick}
          busy={checking.isPending}
          onPicked={(path) => checking.mutate({ path })}
        />
        <FailureNotice error={checking.error} />
        {checking.data === undefined ? null : (
          <Found key={checking.data.path} check={checking.data} onDone={onClose} />
        )}
      </Stack>
    </Modal>
  );
}

function Found({ check, onDone }: { check: BaseCheck; onDone: () => void }) {
  const choosing = useBaseChoice(onDone);
  const base = useQuery(useApi().base.list.queryOptions()).data?.chosen.base;
  const take = (): void => {
    if (check.kind === "folder") choosing.mutate({ base: check.path });
    else if (base !== undefined) choosing.mutate({ base, baseGguf: check.path });
  };
  return (
    <Stack gap={12}>
      <BaseFacts check={check} />
      <FailureNotice error={choosing.error} title={messages.base.changeFailed} />
      <Group justify="flex-end">
        <Button onClick={take} loading={choosing.isPending} disabled={check.problems.length > 0}>
          {check.kind === "folder" ? `Use ${check.name} as the base model` : `Use ${check.name}`}
        </Button>
      </Group>
    </Stack>
  );
}
