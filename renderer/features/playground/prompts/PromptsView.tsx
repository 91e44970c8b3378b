import { Group, Select, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useApi } from "../../../api/index.ts";
import { FailureNotice } from "../../../ui/FailureNotice.tsx";
import { notice } from "../../../ui/notices.tsx";
import { LinesSkeleton } from "../../../ui/Skeletons.tsx";
import { useUrlState } from "../../../ui/useUrlState.ts";
import { messages } from "./messages.ts";
import { PromptEditor } from "./PromptEditor.tsx";

/** Edits the prompts of the workspace and tries them side by side. */
export function PromptsView() {
  const api = useApi();
  const list = useQuery(api.prompt.list.queryOptions());
  const [chosen, choose] = useUrlState("prompt", "prompted");
  const document = useQuery(api.prompt.open.queryOptions({ input: { name: chosen } }));
  if (list.error !== null) {
    const retry = () => void Promise.all([list.refetch(), document.refetch()]);
    return <FailureNotice error={list.error} title={messages.failed} onRetry={retry} />;
  }
  if (list.data === undefined) return <LinesSkeleton lines={8} />;
  const { data: saved } = document;
  return (
    <Stack gap={16} maw={1200}>
      <Group gap={12} align="flex-end">
        <Select
          label={messages.prompt}
          w={220}
          allowDeselect={false}
          value={chosen}
          data={list.data.prompts.map((prompt) => prompt.name)}
          onChange={(to) => to !== null && choose(to)}
        />
        {saved === undefined ? null : (
          <Text c="dimmed" pb={6}>
            {messages.source[saved.source]}
          </Text>
        )}
      </Group>
      <FailureNotice
        error={document.error}
        title={messages.failedToOpen}
        onRetry={() => void document.refetch()}
      />
      {document.isPending ? <LinesSkeleton lines={8} /> : null}
      {saved === undefined ? null : (
        <PromptEditor
          key={`${saved.name} ${saved.revision}`}
          saved={saved}
          onSaved={({ name }) => {
            notice(messages.saved(name));
            choose(name);
          }}
        />
      )}
    </Stack>
  );
}
