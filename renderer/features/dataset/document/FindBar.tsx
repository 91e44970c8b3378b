import { Button, Checkbox, CloseButton, Group, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, useRef, useState } from "react";
import { formatCount } from "../../../../shared/domain/format/count.ts";
import type { View } from "../../../../shared/schema/document.ts";
import { failureOf, useApi } from "../../../api/index.ts";
import { Caption } from "../../../ui/Caption.ts";
import { messages } from "../messages.ts";
import { describeFound } from "./describeFound.ts";

const { find: text } = messages;

/** Maximum number of listed matches. */
const MOST_LISTED = 1000;

interface FindBarProps {
  readonly file: string;
  readonly view: View;
  readonly revision: number;
  readonly readOnly: boolean;
  onGoTo(position: number, column: number): void;
  onReplace(search: { find: string; replace: string; matchCase: boolean }): Promise<void>;
  onClose(): void;
}

function useFound({
  file,
  view,
  revision,
  find,
  matchCase,
}: FindBarProps & { find: string; matchCase: boolean }) {
  const [searched] = useDebouncedValue(find, 150);
  const input = { file, view, find: searched, matchCase, column: null, limit: MOST_LISTED };
  const options = useApi().dataset.document.find.queryOptions({ input });
  return useQuery({
    ...options,
    queryKey: ["document-find", input, revision],
    enabled: searched !== "",
    placeholderData: keepPreviousData,
  });
}

/**
 * Finds and replaces text in the rows shown. Enter selects the next match, Shift+Enter the previous one, Escape
 * closes.
 */
export function FindBar(props: FindBarProps) {
  const { readOnly, onGoTo, onReplace, onClose } = props;
  const field = useRef<HTMLInputElement>(null);
  const [find, setFind] = useState("");
  const [replace, setReplace] = useState("");
  const [matchCase, setMatchCase] = useState(false);
  const [at, setAt] = useState(-1);
  const { data: found, error } = useFound({ ...props, find, matchCase });
  const listed = find === "" ? [] : (found?.listed ?? []);
  const go = (by: number) => {
    const next = (Math.max(at, by < 0 ? 0 : -1) + by + listed.length) % Math.max(1, listed.length);
    const cell = listed[next];
    if (cell === undefined) return;
    setAt(next);
    onGoTo(cell.position, cell.column);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter") go(event.shiftKey ? -1 : 1);
  };
  const replaceAll = async () => {
    await onReplace({ find, replace, matchCase });
    setAt(-1);
    // The button becomes disabled and would lose the focus.
    field.current?.focus();
  };
  const status =
    error !== null
      ? text.failed(failureOf(error).message)
      : find === "" || found === undefined
        ? ""
        : describeFound(found, at);
  return (
    <Group
      gap={8}
      px={16}
      py={8}
      wrap="nowrap"
      role="search"
      onKeyDown={(event: KeyboardEvent) => event.key === "Escape" && onClose()}
      aria-label={text.label}
      bg="var(--nw-sunken)"
      style={{ borderBottom: "1px solid var(--mantine-color-default-border)" }}
    >
      <TextInput
        ref={field}
        autoFocus
        aria-label={text.find}
        placeholder={text.find}
        style={{ flex: "0 1 170px", minWidth: 90 }}
        value={find}
        onKeyDown={onKeyDown}
        onChange={(event) => {
          setFind(event.currentTarget.value);
          setAt(-1);
        }}
      />
      <Button
        variant="default"
        px={10}
        style={{ flexShrink: 0 }}
        disabled={listed.length === 0}
        onClick={() => go(-1)}
      >
        {text.previous}
      </Button>
      <Button
        variant="default"
        px={10}
        style={{ flexShrink: 0 }}
        disabled={listed.length === 0}
        onClick={() => go(1)}
      >
        {text.next}
      </Button>
      {readOnly ? null : (
        <>
          <TextInput
            aria-label={text.replace}
            placeholder={text.replace}
            style={{ flex: "0 1 170px", minWidth: 90 }}
            value={replace}
            onChange={(event) => setReplace(event.currentTarget.value)}
          />
          <Button
            px={10}
            style={{ flexShrink: 0 }}
            disabled={listed.length === 0}
            onClick={() => void replaceAll()}
          >
            {listed.length === 0 ? text.replaceAll : text.replaceCount(formatCount(found?.occurrences ?? 0))}
          </Button>
        </>
      )}
      <Checkbox
        label={text.matchCase}
        checked={matchCase}
        onChange={(event) => setMatchCase(event.currentTarget.checked)}
      />
      <Caption role="status" style={{ flex: 1, lineHeight: "14px" }}>
        {status}
      </Caption>
      <CloseButton aria-label={text.close} onClick={onClose} />
    </Group>
  );
}
