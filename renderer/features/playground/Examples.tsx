import { Button, Group } from "@mantine/core";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { examples, messages } from "./messages.ts";

/** Shown before the first question, with descriptions to try. */
export function Examples({ onTry }: { onTry: (description: string) => void }) {
  return (
    <EmptyState
      title={messages.empty.title}
      action={
        <Group gap={8}>
          {examples.map(({ label, description }, at) => (
            <Button
              key={label}
              variant={at === 0 ? "filled" : "default"}
              title={description}
              onClick={() => onTry(description)}
            >
              {label}
            </Button>
          ))}
        </Group>
      }
    >
      {messages.empty.body}
    </EmptyState>
  );
}
