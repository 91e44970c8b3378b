import { Alert, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useApi } from "../../api/index.ts";
import { Caption } from "../../ui/Caption.ts";
import { FailureNotice } from "../../ui/FailureNotice.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { LinesSkeleton } from "../../ui/Skeletons.tsx";
import { AddableBases } from "./AddableBases.tsx";
import { BaseTable } from "./BaseTable.tsx";
import { ChosenBase } from "./ChosenBase.tsx";
import { DownloadPanel } from "./DownloadPanel.tsx";
import { KeyPanel } from "./KeyPanel.tsx";
import { LocalBase } from "./LocalBase.tsx";
import { messages } from "./messages.ts";
import type { SectionProps } from "./section.ts";

/** Selects the base model of this workspace's adapters and adds more base models. */
export function BaseSection({ settings }: SectionProps) {
  const api = useApi();
  const list = useQuery(api.base.list.queryOptions());
  const info = useQuery(api.workspace.info.queryOptions()).data;
  const readOnly = info?.sample === true;
  return (
    <Stack gap={16}>
      {readOnly ? (
        <Alert color="accent" role="status" title={messages.base.sampleTitle}>
          {messages.base.sample}
        </Alert>
      ) : null}
      <Panel title={messages.base.title(info?.config.name ?? messages.base.thisWorkspace)}>
        <FailureNotice error={list.error} onRetry={list.refetch} />
        {list.data === undefined ? (
          list.error === null ? (
            <LinesSkeleton lines={5} />
          ) : null
        ) : (
          <ChosenBase list={list.data} versions={info?.versions ?? []} readOnly={readOnly} />
        )}
      </Panel>
      {list.data === undefined ? null : (
        <Panel title={messages.base.available}>
          <Stack gap={12}>
            <BaseTable list={list.data} readOnly={readOnly} />
            <AddableBases addable={list.data.addable} />
            <Caption>{messages.base.adapters}</Caption>
            <LocalBase readOnly={readOnly} />
          </Stack>
        </Panel>
      )}
      <DownloadPanel partial={list.data?.partial ?? []} readOnly={readOnly} />
      <KeyPanel settings={settings} name="HUGGINGFACE_API_TOKEN" />
    </Stack>
  );
}
