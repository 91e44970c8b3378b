import { Button, Group, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { BaseList } from "../../../shared/schema/base.ts";
import { useApi } from "../../api/index.ts";
import { BasePreparation } from "../../ui/BasePreparation.tsx";
import { Caption } from "../../ui/Caption.ts";
import { FailureNotice } from "../../ui/FailureNotice.tsx";
import { addableBases, messages } from "./messages.ts";

const { base: text } = messages;

/** Offers the bases of pinned packages that aren't on this machine yet. */
export function AddableBases({ addable }: Pick<BaseList, "addable">) {
  const api = useApi();
  const queries = useQueryClient();
  const adding = useMutation(
    api.base.add.mutationOptions({
      onSuccess: (list) => queries.setQueryData(api.base.list.queryKey(), list),
    }),
  );
  return (
    <>
      {addable.map((base) => (
        <Group key={base} justify="space-between" gap={8}>
          <Stack gap={0} maw={480}>
            <Text>{addableBases[base].name}</Text>
            <Caption>{addableBases[base].about}</Caption>
          </Stack>
          <Button variant="default" loading={adding.isPending} onClick={() => adding.mutate({ base })}>
            {text.add(addableBases[base].name)}
          </Button>
        </Group>
      ))}
      <BasePreparation waiting={adding.isPending} />
      <FailureNotice error={adding.error} title={text.addFailed} />
    </>
  );
}
