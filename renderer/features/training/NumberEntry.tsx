import { TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { wordsBelow } from "./wordsBelow.ts";

interface NumberEntryProps {
  readonly label: ReactNode;
  readonly description: ReactNode;
  /** Null: left empty. */
  readonly value: number | null;
  readonly whole: boolean;
  readonly min: number;
  readonly max?: number | undefined;
  /** Whether it may be left empty. */
  readonly optional?: boolean;
  onChange(value: number | null): void;
}

/** What is wrong with a text as such a number; null: nothing. */
function wrong(text: string, { whole, min, max, optional = false }: NumberEntryProps): string | null {
  if (text.trim() === "") return optional ? null : "A number is needed";
  const value = Number(text);
  if (!Number.isFinite(value)) return "This is no number";
  if (whole && !Number.isInteger(value)) return "A whole number is needed";
  if (value < min) return `At least ${min}`;
  return max !== undefined && value > max ? `At most ${max}` : null;
}

/** A number as one types it, `1e-4` too; it counts once it is one. */
export function NumberEntry(props: NumberEntryProps) {
  const { label, description, value, whole, onChange } = props;
  const [typed, setTyped] = useState<{ text: string; of: number | null } | null>(null);
  const text = typed !== null && typed.of === value ? typed.text : value === null ? "" : String(value);
  const fault = wrong(text, props);
  return (
    <TextInput
      label={label}
      description={description}
      inputWrapperOrder={wordsBelow}
      inputMode={whole ? "numeric" : "decimal"}
      className="nw-figures"
      value={text}
      // What was typed stays to be mended: put back silently, nobody would know that it does not count.
      error={fault === null ? null : `${fault}${value === null ? "" : `; until then ${value} counts`}`}
      onBlur={() => fault === null && setTyped(null)}
      onChange={({ currentTarget }) => {
        const next = currentTarget.value;
        const fits = wrong(next, props) === null;
        const number = next.trim() === "" ? null : Number(next);
        setTyped({ text: next, of: fits ? number : value });
        if (fits && number !== value) onChange(number);
      }}
    />
  );
}
