import { TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { messages } from "./messages.ts";

const { form: messageText } = messages;

interface NumberEntryProps {
  readonly label: ReactNode;
  readonly description: ReactNode;
  /** Null: empty. */
  readonly value: number | null;
  readonly whole: boolean;
  readonly min: number;
  readonly max?: number | undefined;
  /** Whether the field can be empty. */
  readonly optional?: boolean;
  onChange(value: number | null): void;
}

/** Order of a field's parts that aligns the inputs of a row, whatever the length of their descriptions. */
export const descriptionBelow: ("label" | "input" | "description" | "error")[] = [
  "label",
  "input",
  "error",
  "description",
];

/** Returns why a text isn't a valid number for this field; null if it is. */
function problemOf(text: string, { whole, min, max, optional = false }: NumberEntryProps): string | null {
  if (text.trim() === "") return optional ? null : messageText.numberMissing;
  const value = Number(text);
  if (!Number.isFinite(value)) return messageText.notNumber;
  if (whole && !Number.isInteger(value)) return messageText.notWhole;
  if (value < min) return messageText.minimum(min);
  return max !== undefined && value > max ? messageText.maximum(max) : null;
}

/** A number field that also accepts notation such as `1e-4`. Only valid numbers are reported. */
export function NumberEntry(props: NumberEntryProps) {
  const { label, description, value, whole, onChange } = props;
  const [typed, setTyped] = useState<{ text: string; of: number | null } | null>(null);
  const text = typed !== null && typed.of === value ? typed.text : value === null ? "" : String(value);
  const fault = problemOf(text, props);
  return (
    <TextInput
      label={label}
      description={description}
      inputWrapperOrder={descriptionBelow}
      inputMode={whole ? "numeric" : "decimal"}
      className="nw-figures"
      value={text}
      // Invalid text stays visible, so that the user sees that it isn't used.
      error={fault === null || value === null ? fault : messageText.stillUsed(fault, value)}
      onBlur={() => fault === null && setTyped(null)}
      onChange={({ currentTarget }) => {
        const next = currentTarget.value;
        const fits = problemOf(next, props) === null;
        const number = next.trim() === "" ? null : Number(next);
        setTyped({ text: next, of: fits ? number : value });
        if (fits && number !== value) onChange(number);
      }}
    />
  );
}
