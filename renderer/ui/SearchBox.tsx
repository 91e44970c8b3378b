import { TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useEffect, useState } from "react";

interface SearchBoxProps {
  readonly label: string;
  readonly placeholder: string;
  readonly w: number;
  readonly text: string;
  onChange(text: string): void;
}

/** Tells what was typed when the typing pauses; what the text becomes from elsewhere is taken over. */
export function SearchBox({ label, placeholder, w, text, onChange }: SearchBoxProps) {
  const [typed, setTyped] = useState(text);
  useEffect(() => setTyped(text), [text]);
  const later = useDebouncedCallback(onChange, 250);
  return (
    <TextInput
      aria-label={label}
      placeholder={placeholder}
      w={w}
      value={typed}
      onChange={({ currentTarget }) => {
        setTyped(currentTarget.value);
        later(currentTarget.value);
      }}
    />
  );
}
