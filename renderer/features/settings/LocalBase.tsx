import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { BaseCheck } from "../../../shared/schema/base.ts";
import { useApi } from "../../api/index.ts";
import { FailureNotice } from "../../ui/FailureNotice.tsx";
import { PathPicker } from "../../ui/PathPicker.tsx";
import { BaseFacts } from "./BaseFacts.tsx";
import { useBaseChoice } from "./useBaseChoice.ts";

const kinds = {
  "model-folder": {
    button: "Use a folder…",
    title: "A Hugging Face folder as the base",
    about: "It holds config.json, a tokenizer and the weights as safetensors. Nothing is copied.",
    pick: "Look into this folder",
  },
  gguf: {
    button: "Run from a GGUF…",
    title: "A GGUF of the base in use",
    about:
      "A quantised file of the same model, such as a K-quant. It is compared with the base before it is taken: adapters are trained on the one and run on the other.",
    pick: "Look into this file",
  },
} as const;

type Kind = keyof typeof kinds;

/** A model that lies somewhere on this machine: looked into first, then taken. */
export function LocalBase({ readOnly }: { readOnly: boolean }) {
  const [kind, setKind] = useState<Kind | null>(null);
  return (
    <Group gap={8}>
      {(Object.keys(kinds) as Kind[]).map((one) => (
        <Button key={one} variant="default" disabled={readOnly} onClick={() => setKind(one)}>
          {kinds[one].button}
        </Button>
      ))}
      {kind === null ? null : <LocalBaseDialog kind={kind} onClose={() => setKind(null)} />}
    </Group>
  );
}

function LocalBaseDialog({ kind, onClose }: { kind: Kind; onClose: () => void }) {
  const { title, about, pick } = kinds[kind];
  const checking = useMutation(useApi().base.check.mutationOptions());
  return (
    <Modal opened onClose={onClose} title={title} size="lg">
      <Stack gap={12}>
        <Text size="sm" c="dimmed">
          {about}
        </Text>
        <PathPicker
          purpose={kind}
          action={pick}
          busy={checking.isPending}
          onPicked={(path) => checking.mutate({ path })}
        />
        {checking.error === null ? null : <FailureNotice error={checking.error} />}
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
      {choosing.error === null ? null : (
        <FailureNotice error={choosing.error} title="The base was not changed" />
      )}
      <Group justify="flex-end">
        <Button onClick={take} loading={choosing.isPending} disabled={check.problems.length > 0}>
          {check.kind === "folder" ? `Use ${check.name} as the base` : `Run from ${check.name}`}
        </Button>
      </Group>
    </Stack>
  );
}
