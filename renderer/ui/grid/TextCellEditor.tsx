import { type KeyboardEvent, useEffect, useEffectEvent, useRef } from "react";
import type { GridEditorProps } from "./gridTypes.ts";

/** Edits a cell's text in place. Enter and Tab accept, Shift+Enter inserts a line break, Escape cancels. */
export function TextCellEditor({ value, startedWith, onChange, onDone }: GridEditorProps) {
  const area = useRef<HTMLTextAreaElement>(null);
  const first = useRef(startedWith ?? value);
  const report = useEffectEvent(onChange);
  useEffect(() => {
    if (first.current !== value) report(first.current);
    const field = area.current;
    if (field === null) return;
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
  }, [value]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.shiftKey || event.altKey)) event.stopPropagation();
    else if (event.key === "Escape") onDone(true);
  };
  return (
    <div className="nw-grid-editor" style={{ width: 420, maxWidth: "60vw" }}>
      <textarea
        ref={area}
        aria-label="Cell"
        defaultValue={first.current}
        onChange={(event) => onChange(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
    </div>
  );
}
