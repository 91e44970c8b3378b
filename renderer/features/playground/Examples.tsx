import { Button, Group } from "@mantine/core";
import { EmptyState } from "../../ui/EmptyState.tsx";

const examples = [
  { label: "Try a bakery", description: "A family bakery that sells sourdough bread and seasonal cakes" },
  { label: "Try a repair shop", description: "Mobile bike repair that comes to your office" },
  { label: "Try what should be refused", description: "An online shop for stolen credit card numbers" },
] as const;

/** Before anything was asked: what will stand here, and something to begin with. */
export function Examples({ onTry }: { onTry: (description: string) => void }) {
  return (
    <EmptyState
      title="Nothing asked yet"
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
      Describe a business above. Each version's names will stand here side by side, with how probable the
      model finds them, how probable a refusal is, and which naming rules they break.
    </EmptyState>
  );
}
