import { Group, Pill, Text } from "@mantine/core";
import { memo } from "react";
import { parseSuggestions } from "../../../../shared/domain/dataset/suggestions.ts";
import { lintNames } from "../../../../shared/domain/naming/names.ts";

/** Which names of a list break a rule, by their place. */
export function brokenNames(names: readonly string[]): Map<number, string> {
  const found = new Map<number, string>();
  for (const { index, message } of lintNames(names)) {
    if (index !== null && !found.has(index)) found.set(index, message);
  }
  return found;
}

/** The names of a row as chips; a refusal and what is no list are said in words. */
export const NamesCell = memo(function NamesCell({ value }: { value: string }) {
  const parsed = parseSuggestions(value);
  if (parsed.kind !== "names") {
    return (
      <Text span size="sm" c="var(--nw-worse)" inherit title={parsed.message}>
        {value === "" ? "empty" : value}
      </Text>
    );
  }
  if (parsed.names.length === 0) {
    return (
      <Text span size="sm" c="dimmed" inherit>
        refusal
      </Text>
    );
  }
  const broken = brokenNames(parsed.names);
  return (
    <Group gap={4} wrap="nowrap" h="100%" style={{ overflow: "hidden" }}>
      {parsed.names.map((name, at) => (
        <Pill
          // biome-ignore lint/suspicious/noArrayIndexKey: a name may stand there twice; its place is what it is
          key={at}
          size="sm"
          className={broken.has(at) ? "nw-name-broken" : ""}
          title={broken.get(at)}
          style={{ flexShrink: 0 }}
        >
          {name === "" ? "(empty)" : name}
        </Pill>
      ))}
    </Group>
  );
});
