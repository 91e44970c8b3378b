import { Button, Group, Stack, Text, Textarea, TextInput } from "@mantine/core";
import type { PromptDocument } from "../../../../shared/schema/prompt.ts";
import { FailureNotice } from "../../../ui/FailureNotice.tsx";
import { messages } from "./messages.ts";
import { PromptTrialPanel } from "./PromptTrialPanel.tsx";
import { usePromptEditor } from "./usePromptEditor.ts";

interface PromptEditorProps {
  readonly saved: PromptDocument;
  onSaved(prompt: PromptDocument): void;
}

/** Edits one prompt, and tries the edit next to the saved text. */
export function PromptEditor({ saved, onSaved }: PromptEditorProps) {
  const editor = usePromptEditor(saved, onSaved);
  return (
    <Stack gap={16}>
      <Textarea
        label={messages.text}
        description={messages.help}
        autosize
        minRows={6}
        maxRows={24}
        classNames={{ input: "nw-mono" }}
        value={editor.text}
        error={editor.problem}
        onChange={({ currentTarget }) => editor.change(currentTarget.value)}
      />
      <Group gap={8} align="flex-end">
        <TextInput
          label={messages.saveAs}
          title={messages.saveAsHelp}
          w={220}
          value={editor.name}
          error={editor.isNameValid ? null : messages.invalidName}
          onChange={({ currentTarget }) => editor.setName(currentTarget.value)}
        />
        <Button
          disabled={!editor.canSave}
          loading={editor.save.isPending}
          onClick={() => editor.save.mutate()}
        >
          {messages.save}
        </Button>
        {editor.isEdited ? (
          <>
            <Button variant="default" onClick={editor.discard}>
              {messages.discard}
            </Button>
            <Text c="dimmed" pb={6}>
              {messages.unsaved}
            </Text>
          </>
        ) : null}
      </Group>
      <FailureNotice error={editor.save.error} title={messages.notSaved} />
      <PromptTrialPanel
        saved={saved}
        edited={editor.isEdited ? editor.text : null}
        valid={editor.problem === null}
      />
    </Stack>
  );
}
