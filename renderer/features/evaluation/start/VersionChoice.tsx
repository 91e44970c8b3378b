import { Checkbox, Group, Stack, Text } from "@mantine/core";
import { Panel } from "../../../ui/Panel.tsx";

interface VersionChoiceProps {
  readonly versions: readonly string[];
  readonly withResults: readonly string[];
  readonly chosen: readonly string[];
  onChoose(versions: string[]): void;
}

/** Which versions are evaluated; the untuned base is one of them. */
export function VersionChoice({ versions, withResults, chosen, onChoose }: VersionChoiceProps) {
  return (
    <Panel title="Versions">
      <Checkbox.Group value={[...chosen]} onChange={onChoose} aria-label="Versions to evaluate">
        <Stack gap={8}>
          {versions.map((version) => (
            <Group key={version} gap={8} wrap="nowrap" justify="space-between">
              <Checkbox value={version} label={version === "base" ? "base, the untuned model" : version} />
              <Text size="xs" c="dimmed">
                {withResults.includes(version) ? "has results" : "not evaluated yet"}
              </Text>
            </Group>
          ))}
        </Stack>
      </Checkbox.Group>
    </Panel>
  );
}
