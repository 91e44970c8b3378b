import { Box, Pill, PillsInput, Text } from "@mantine/core";
import { type KeyboardEvent, useEffect, useRef } from "react";
import { lintNames } from "../../../../shared/domain/naming/names.ts";
import type { GridEditorProps } from "../../../ui/grid/gridTypes.ts";
import { brokenNames } from "./NamesCell.tsx";
import { settled, useNamesDraft } from "./useNamesDraft.ts";

/** What a person should know of the names as they stand. */
function advice(names: readonly string[]): string {
  const [first] = lintNames(names);
  if (first === undefined) {
    return names.length === 0 ? "No names: the right answer is a refusal." : "Five good names.";
  }
  return first.index === null ? first.message : `“${first.value}”: ${first.message}`;
}

/**
 * Edits a row's names as chips. Space, comma or Enter end a name, Enter on an empty field takes the row, arrows and
 * Backspace go back into a name, Escape leaves the row as it was.
 */
export function NamesEditor({ value, startedWith, onChange, onDone }: GridEditorProps) {
  const { draft, type, take, reopen, remove } = useNamesDraft(value, startedWith, onChange);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const names = settled(draft);
  const broken = brokenNames(draft.names);
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const atStart = event.currentTarget.selectionStart === 0 && event.currentTarget.selectionEnd === 0;
    if (event.key === "Escape") return onDone(true);
    if (event.key === "Enter" && draft.text !== "" && !event.ctrlKey) {
      event.stopPropagation();
      take();
    } else if ([" ", ",", ";"].includes(event.key)) {
      event.preventDefault();
      take();
    } else if (event.key === "Backspace" && draft.text === "" && names.length > 0) {
      event.preventDefault();
      reopen((draft.replacing ?? draft.names.length) - 1);
    } else if (event.key === "ArrowLeft" && atStart && draft.names.length > 0) {
      event.preventDefault();
      reopen(Math.max(0, (draft.replacing ?? draft.names.length) - 1));
    } else if (event.key === "ArrowRight" && draft.replacing !== null && atEnd(event.currentTarget)) {
      event.preventDefault();
      if (draft.replacing + 1 < draft.names.length) reopen(draft.replacing + 1);
      else take();
    }
  };
  return (
    <Box className="nw-grid-editor" p={4} w={480} maw="50vw">
      <PillsInput variant="unstyled" size="xs" aria-label="Names">
        <Pill.Group gap={4}>
          {draft.names.map((name, at) =>
            at === draft.replacing ? (
              <NameField key="field" field={field} text={draft.text} onType={type} onKeyDown={onKeyDown} />
            ) : (
              <Pill
                // biome-ignore lint/suspicious/noArrayIndexKey: a name may stand there twice; its place is what it is
                key={at}
                size="sm"
                withRemoveButton
                className={broken.has(at) ? "nw-name-broken" : ""}
                removeButtonProps={{ "aria-label": `Remove ${name}`, tabIndex: -1 }}
                onClick={() => reopen(at)}
                onRemove={() => remove(at)}
              >
                {name === "" ? "(empty)" : name}
              </Pill>
            ),
          )}
          {draft.replacing === null ? (
            <NameField key="field" field={field} text={draft.text} onType={type} onKeyDown={onKeyDown} />
          ) : null}
        </Pill.Group>
      </PillsInput>
      <Text size="xs" c="dimmed" mt={4} aria-live="polite">
        {advice(names)}
      </Text>
    </Box>
  );
}

const atEnd = (input: HTMLInputElement) =>
  input.selectionStart === input.value.length && input.selectionEnd === input.value.length;

interface NameFieldProps {
  readonly field: React.RefObject<HTMLInputElement | null>;
  readonly text: string;
  onType(text: string): void;
  onKeyDown(event: KeyboardEvent<HTMLInputElement>): void;
}

function NameField({ field, text, onType, onKeyDown }: NameFieldProps) {
  // A name that is opened takes the field to its place: it is another one there.
  useEffect(() => {
    const input = field.current;
    if (input === null) return;
    input.focus();
    input.setSelectionRange(input.value.length, input.value.length);
  }, [field]);
  return (
    <PillsInput.Field
      ref={field}
      value={text}
      aria-label="Name"
      placeholder="name"
      maxLength={200}
      style={{ minWidth: 80, width: `${Math.max(10, text.length + 2)}ch`, flex: "0 1 auto" }}
      onChange={(event) => onType(event.currentTarget.value)}
      onKeyDown={onKeyDown}
    />
  );
}
