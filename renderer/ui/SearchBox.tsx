import { TextInput, type TextInputProps } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useEffect, useState } from "react";

interface SearchBoxProps extends Pick<TextInputProps, "placeholder" | "w" | "flex" | "miw" | "maw"> {
  readonly label: string;
  readonly text: string;
  onChange(text: string): void;
}

/** Reports the typed text when typing pauses, and shows changes of `text` from outside. */
export function SearchBox({ label, text, onChange, ...look }: SearchBoxProps) {
  const [typed, setTyped] = useState(text);
  useEffect(() => setTyped(text), [text]);
  const later = useDebouncedCallback(onChange, 250);
  return (
    <TextInput
      aria-label={label}
      {...look}
      value={typed}
      onChange={({ currentTarget }) => {
        setTyped(currentTarget.value);
        later(currentTarget.value);
      }}
    />
  );
}
