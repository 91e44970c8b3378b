import { TextInput, type TextInputProps } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useEffect, useState } from "react";

interface SearchBoxProps extends Pick<TextInputProps, "placeholder" | "w" | "style"> {
  readonly label: string;
  readonly text: string;
  onChange(text: string): void;
}

/** Tells what was typed when the typing pauses; what the text becomes from elsewhere is taken over. */
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
