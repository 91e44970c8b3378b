import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { failureDetail } from "../../../../shared/domain/failure.ts";
import { sentenceCase } from "../../../../shared/domain/format/sentence.ts";
import { readTemplate } from "../../../../shared/domain/prompt/template.ts";
import { type PromptDocument, PromptNameSchema } from "../../../../shared/schema/prompt.ts";
import { useApi, useClient } from "../../../api/index.ts";
import { useWorkspacePath } from "../../../ui/useUrlState.ts";
import { isEdited, usePromptDrafts } from "./promptDrafts.ts";

/** Returns why a text can't be a prompt; null if it can. */
function problemOf(text: string): string | null {
  try {
    readTemplate(text, "the prompt");
    return null;
  } catch (error) {
    return sentenceCase(failureDetail(error).message);
  }
}

/** Asks before the page closes with unsaved edits. */
function useWarningBeforeClosing(active: boolean): void {
  useEffect(() => {
    if (!active) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [active]);
}

/** Edits a prompt. The edit is kept when another screen or prompt is opened. */
export function usePromptEditor(saved: PromptDocument, onSaved: (prompt: PromptDocument) => void) {
  const client = useClient();
  const api = useApi();
  const queries = useQueryClient();
  const { workspaceId } = useWorkspacePath();
  const key = `${workspaceId} ${saved.name}`;
  const kept = usePromptDrafts(({ drafts }) => drafts[key]);
  // Without an edit, there is nothing to keep when the file changes.
  const draft = kept !== undefined && (isEdited(kept) || kept.base.revision === saved.revision) ? kept : null;
  useWarningBeforeClosing(usePromptDrafts(({ drafts }) => Object.values(drafts).some(isEdited)));
  const [name, setName] = useState(saved.name);
  const { set, remove } = usePromptDrafts.getState();
  const text = draft?.text ?? saved.text;
  const isNew = name !== saved.name;
  const save = useMutation({
    mutationFn: () => {
      const baseRevision = isNew ? null : (draft?.base ?? saved).revision;
      return client.prompt.save({ name, text, baseRevision });
    },
    onSuccess: async (prompt) => {
      remove(key);
      await queries.invalidateQueries({ queryKey: api.prompt.key() });
      onSaved(prompt);
    },
  });
  const problem = problemOf(text);
  const isNameValid = PromptNameSchema.safeParse(name).success;
  const hasEdit = draft !== null && isEdited(draft);
  return {
    text,
    name,
    setName,
    isNameValid,
    isEdited: hasEdit,
    problem,
    canSave: problem === null && isNameValid && (hasEdit || isNew),
    change: (next: string) => {
      const { text: baseText, revision } = draft?.base ?? saved;
      set(key, { text: next, base: { text: baseText, revision } });
    },
    discard: () => {
      remove(key);
      save.reset();
    },
    save,
  };
}
