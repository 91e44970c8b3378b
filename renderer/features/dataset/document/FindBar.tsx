import { Button, Checkbox, CloseButton, Group, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, useRef, useState } from "react";
import { formatCount } from "../../../../shared/domain/format/count.ts";
import { failureOf, useApi } from "../../../api/index.ts";
import { Caption } from "../../../ui/Caption.ts";
import { messages } from "../messages.ts";
import { describeFound } from "./describeFound.ts";
import type { DocumentParts } from "./useActs.ts";

const { find: text } = messages;

/** Maximum number of listed matches. */
const MOST_LISTED = 1000;

interface FindBarProps extends DocumentParts {
  onGoTo(position: number, column: number): void;
  onClose(): void;
}

function useFound({ document, view: { view } }: DocumentParts, find: string, matchCase: boolean) {
  const { file } = document.opened;
  const [searched] = useDebouncedValue(find, 150);
  const input = { file, view, find: searched, matchCase, column: null, limit: MOST_LISTED };
  const options = useApi().dataset.document.find.queryOptions({ input });
  return useQuery({
    ...options,
    queryKey: ["document-find", input, document.state.revision],
    enabled: searched !== "",
    placeholderData: keepPreviousData,
  });
}

/** The state of the search: what is typed, the matches, and which of them is selected. */
function useFind(props: FindBarProps) {
  const { acts, onGoTo } = props;
  const [find, setFind] = useState("");
  const [replace, setReplace] = useState("");
  const [matchCase, setMatchCase] = useState(false);
  const [at, setAt] = useState(-1);
  const { data: found, error } = useFound(props, find, matchCase);
  const listed = find === "" ? [] : (found?.listed ?? []);
  const statusText = () => {
    if (error !== null) return text.failed(failureOf(error).message);
    return find === "" || found === undefined ? "" : describeFound(found, at);
  };
  return {
    find,
    setFind: (typed: string) => {
      setFind(typed);
      setAt(-1);
    },
    replace,
    setReplace,
    matchCase,
    setMatchCase,
    none: listed.length === 0,
    occurrences: found?.occurrences ?? 0,
    status: statusText(),
    /** Selects the next match, or the previous one with -1. */
    go: (by: number) => {
      const next = (Math.max(at, by < 0 ? 0 : -1) + by + listed.length) % Math.max(1, listed.length);
      const cell = listed[next];
      if (cell === undefined) return;
      setAt(next);
      onGoTo(cell.position, cell.column);
    },
    replaceAll: async () => {
      await acts.replaceAll({ find, replace, matchCase });
      setAt(-1);
    },
  };
}

function ReplaceFields({ search, onReplaced }: { search: ReturnType<typeof useFind>; onReplaced(): void }) {
  const { replace, setReplace, none, occurrences, replaceAll } = search;
  return (
    <>
      <TextInput
        aria-label={text.replace}
        placeholder={text.replace}
        flex="0 1 170px"
        miw={90}
        value={replace}
        onChange={(event) => setReplace(event.currentTarget.value)}
      />
      <Button px={10} flex="none" disabled={none} onClick={() => void replaceAll().then(onReplaced)}>
        {none ? text.replaceAll : text.replaceCount(formatCount(occurrences))}
      </Button>
    </>
  );
}

/**
 * Finds and replaces text in the rows shown. Enter selects the next match, Shift+Enter the previous one, Escape
 * closes.
 */
export function FindBar(props: FindBarProps) {
  const { readOnly, onClose } = props;
  const field = useRef<HTMLInputElement>(null);
  const search = useFind(props);
  const { go, none } = search;
  return (
    <Group
      gap={8}
      px={16}
      py={8}
      wrap="nowrap"
      role="search"
      onKeyDown={({ key }: KeyboardEvent) => key === "Escape" && onClose()}
      aria-label={text.label}
      bg="var(--nw-sunken)"
      style={{ borderBottom: "1px solid var(--mantine-color-default-border)" }}
    >
      <TextInput
        ref={field}
        autoFocus
        aria-label={text.find}
        placeholder={text.find}
        flex="0 1 170px"
        miw={90}
        value={search.find}
        onKeyDown={({ key, shiftKey }) => key === "Enter" && go(shiftKey ? -1 : 1)}
        onChange={(event) => search.setFind(event.currentTarget.value)}
      />
      <Button variant="default" px={10} flex="none" disabled={none} onClick={() => go(-1)}>
        {text.previous}
      </Button>
      <Button variant="default" px={10} flex="none" disabled={none} onClick={() => go(1)}>
        {text.next}
      </Button>
      {/* The button becomes disabled and would lose the focus. */}
      {readOnly !== null ? null : <ReplaceFields search={search} onReplaced={() => field.current?.focus()} />}
      <Checkbox
        label={text.matchCase}
        checked={search.matchCase}
        onChange={(event) => search.setMatchCase(event.currentTarget.checked)}
      />
      <Caption role="status" flex={1} lh="14px">
        {search.status}
      </Caption>
      <CloseButton aria-label={text.close} onClick={onClose} />
    </Group>
  );
}
