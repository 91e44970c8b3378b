import { Box, Pill, PillsInput } from "@mantine/core";
import { type KeyboardEvent, useEffect, useRef } from "react";
import { lintNames } from "../../../../shared/domain/naming/names.ts";
import { Caption } from "../../../ui/Caption.ts";
import type { GridEditorProps } from "../../../ui/grid/gridTypes.ts";
import { messages } from "../messages.ts";
import { brokenNames } from "./NamesCell.tsx";
import { settled, useNamesDraft } from "./useNamesDraft.ts";

/** Returns the first problem of the names, or a confirmation. */
function advice(names: readonly string[]): string {
  const [first] = lintNames(names);
  if (first === undefined) {
    return names.length === 0 ? messages.names.adviceRefusal : messages.names.adviceValid;
  }
  return first.index === null ? first.message : `“${first.value}”: ${first.message}`;
}

/**
 * Edits a row's names as chips. Space, comma, or Enter completes a name. Enter in an empty field accepts the row,
 * arrows and Backspace move into a name, and Escape cancels.
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
      <PillsInput variant="unstyled" size="xs" aria-label={messages.names.label}>
        <Pill.Group gap={4}>
          {draft.names.map((name, at) =>
            at === draft.replacing ? (
              <NameField key="field" field={field} text={draft.text} onType={type} onKeyDown={onKeyDown} />
            ) : (
              <Pill
                // biome-ignore lint/suspicious/noArrayIndexKey: a name may appear twice, so its position is its key
                key={at}
                size="sm"
                withRemoveButton
                className={broken.has(at) ? "nw-name-broken" : ""}
                removeButtonProps={{ "aria-label": messages.names.remove(name), tabIndex: -1 }}
                onClick={() => reopen(at)}
                onRemove={() => remove(at)}
              >
                {name === "" ? messages.names.emptyName : name}
              </Pill>
            ),
          )}
          {draft.replacing === null ? (
            <NameField key="field" field={field} text={draft.text} onType={type} onKeyDown={onKeyDown} />
          ) : null}
        </Pill.Group>
      </PillsInput>
      <Caption mt={4} aria-live="polite">
        {advice(names)}
      </Caption>
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
  // Opening a name mounts a new field at its position, which needs the focus.
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
      aria-label={messages.names.name}
      placeholder={messages.names.placeholder}
      maxLength={200}
      style={{ minWidth: 80, width: `${Math.max(10, text.length + 2)}ch`, flex: "0 1 auto" }}
      onChange={(event) => onType(event.currentTarget.value)}
      onKeyDown={onKeyDown}
    />
  );
}
