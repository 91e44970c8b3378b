import { Alert, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useApi } from "../../api/index.ts";
import { FailureNotice } from "../../ui/FailureNotice.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { LinesSkeleton } from "../../ui/Skeletons.tsx";
import { BaseTable } from "./BaseTable.tsx";
import { ChosenBase } from "./ChosenBase.tsx";
import { DownloadPanel } from "./DownloadPanel.tsx";
import { KeyPanel } from "./KeyPanel.tsx";
import { LocalBase } from "./LocalBase.tsx";
import type { SectionProps } from "./section.ts";

/** The model that this workspace's adapters are trained on, and how others come here. */
export function BaseSection({ settings }: SectionProps) {
  const api = useApi();
  const list = useQuery(api.base.list.queryOptions());
  const info = useQuery(api.workspace.info.queryOptions()).data;
  const readOnly = info?.sample === true;
  return (
    <Stack gap={16}>
      {readOnly ? (
        <Alert color="accent" role="status" title="This is the sample, which is never written to">
          Open or make a workspace of your own (its name, top left) to choose another base or download one.
        </Alert>
      ) : null}
      <Panel title={`Base of ${info?.config.name ?? "this workspace"}`}>
        {list.error === null ? null : (
          <FailureNotice error={list.error} onRetry={() => void list.refetch()} />
        )}
        {list.data === undefined ? (
          list.error === null ? (
            <LinesSkeleton lines={5} />
          ) : null
        ) : (
          <ChosenBase list={list.data} versions={info?.versions ?? []} readOnly={readOnly} />
        )}
      </Panel>
      {list.data === undefined ? null : (
        <Panel title="At hand">
          <Stack gap={12}>
            <BaseTable list={list.data} readOnly={readOnly} />
            <Text size="xs" c="dimmed">
              Adapters belong to the base that they were trained on: with another base they have to be trained
              again. They stay on disk, and work again when the base is set back.
            </Text>
            <LocalBase readOnly={readOnly} />
          </Stack>
        </Panel>
      )}
      <DownloadPanel partial={list.data?.partial ?? []} readOnly={readOnly} />
      <KeyPanel settings={settings} name="HUGGINGFACE_API_TOKEN" />
    </Stack>
  );
}
