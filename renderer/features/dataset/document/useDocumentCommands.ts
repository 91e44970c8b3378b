import { useHotkeys } from "@mantine/hooks";
import { useCommands } from "../../../ui/commands.ts";
import { messages } from "../messages.ts";
import type { DocumentParts } from "./useActs.ts";

const { toolbar: text } = messages;

/** Binds the actions on the open document to keys and to the palette. */
export function useDocumentCommands({ document, acts, readOnly }: DocumentParts, openFind: () => void): void {
  const { state } = document;
  // Also in text fields, where the browser would otherwise search and save its page.
  useHotkeys(
    [
      ["mod+F", openFind],
      ["mod+S", acts.save],
    ],
    [],
  );
  // Text fields have their own undo.
  useHotkeys(
    [
      ["mod+Z", acts.undo],
      ["mod+shift+Z", acts.redo],
      ["mod+Y", acts.redo],
    ],
    ["INPUT", "TEXTAREA"],
  );
  const undo = state.undo === null ? text.undo : text.undoEdit(state.undo);
  const redo = state.redo === null ? text.redo : text.redoEdit(state.redo);
  const edits = [
    { id: "dataset:save", label: messages.document.save, run: acts.save },
    { id: "dataset:add", label: text.addRow, run: acts.addRow },
    { id: "dataset:duplicate", label: text.duplicateCommand, run: acts.duplicateRows },
    { id: "dataset:delete", label: text.removeCommand, run: acts.deleteRows },
    { id: "dataset:undo", label: undo, run: acts.undo },
    { id: "dataset:redo", label: redo, run: acts.redo },
    { id: "dataset:fix", label: text.fixCommand, run: acts.fixAll },
  ];
  useCommands([
    { id: "dataset:find", label: text.findCommand, run: openFind },
    ...(readOnly === null ? edits : []),
  ]);
}
