import { Checkbox, Group, Stack } from "@mantine/core";
import { Caption } from "../../../ui/Caption.ts";
import { Panel } from "../../../ui/Panel.tsx";
import { messages } from "../messages.ts";

const { start: text } = messages;

interface VersionChoiceProps {
  readonly versions: readonly string[];
  readonly withResults: readonly string[];
  readonly chosen: readonly string[];
  onChoose(versions: string[]): void;
}

/** Selects the versions to evaluate, including the untuned base. */
export function VersionChoice({ versions, withResults, chosen, onChoose }: VersionChoiceProps) {
  return (
    <Panel title={text.versions}>
      <Checkbox.Group value={[...chosen]} onChange={onChoose} aria-label={text.versionsLabel}>
        <Stack gap={8}>
          {versions.map((version) => (
            <Group key={version} gap={8} wrap="nowrap" justify="space-between">
              <Checkbox value={version} label={version === "base" ? text.base : version} />
              <Caption>{withResults.includes(version) ? text.hasResults : text.notEvaluated}</Caption>
            </Group>
          ))}
        </Stack>
      </Checkbox.Group>
    </Panel>
  );
}
