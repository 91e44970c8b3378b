import { Badge, Button, Group, Select } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { type ReactNode, useEffect } from "react";
import { pluralize } from "../../../shared/domain/format/count.ts";
import type { ListedFile } from "../../../shared/schema/document.ts";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { FailureNotice } from "../../ui/FailureNotice.tsx";
import { notice } from "../../ui/notices.tsx";
import { Page } from "../../ui/Page.tsx";
import { LinesSkeleton } from "../../ui/Skeletons.tsx";
import { ConflictScreen } from "./conflict/ConflictScreen.tsx";
import { DocumentView } from "./document/DocumentView.tsx";
import { type DocumentHandle, useDocument } from "./document/useDocument.ts";
import { messages } from "./messages.ts";

const { document: text } = messages;

interface OpenDatasetProps {
  readonly listed: ListedFile;
  readonly files: readonly ListedFile[];
  readonly importButton: ReactNode;
  onOpen(name: string): void;
}

/** Returns why a file is read-only: Namewright manages it, or the service says so. Null: editable. */
function readOnlyReason({ kind }: ListedFile, { opened }: DocumentHandle): string | null {
  if (kind === "results") return text.resultsReadOnly;
  if (kind === "labels" || kind === "overrides") return text.managedReadOnly;
  return opened.readOnly;
}

function Lead({
  files,
  listed,
  onOpen,
  document,
}: Omit<OpenDatasetProps, "importButton"> & { document: DocumentHandle | null }) {
  return (
    <>
      <Select
        aria-label={messages.dataset}
        w={230}
        data={files.map(({ name, dirty }) => ({ value: name, label: dirty ? `${name} •` : name }))}
        value={listed.name}
        onChange={(name) => name !== null && onOpen(name)}
      />
      {document?.state.dirty ? (
        <Badge variant="light" role="status">
          {text.unsaved(pluralize(document.state.changes, "row"))}
        </Badge>
      ) : null}
    </>
  );
}

function SaveButtons({ document }: { document: DocumentHandle }) {
  const [asking, ask] = useDisclosure(false);
  const { dirty, changes, conflict } = document.state;
  const discard = () => {
    ask.close();
    void document.discard().catch(() => {});
  };
  return (
    <>
      <Button variant="default" disabled={!dirty || conflict} onClick={ask.open}>
        {text.discard}
      </Button>
      <Button disabled={!dirty || conflict} onClick={() => void document.save().catch(() => {})}>
        {text.save}
      </Button>
      <ConfirmDialog
        opened={asking}
        title={text.discardTitle(document.opened.name)}
        action={text.discardConfirm(pluralize(changes, "row"))}
        keep={text.keepEdits}
        onConfirm={discard}
        onClose={ask.close}
      >
        {text.discardBody(pluralize(changes, "row"))}
      </ConfirmDialog>
    </>
  );
}

/** Shows one dataset: its rows, or the conflict screen if its file changed on disk. */
export function OpenDataset({ listed, files, importButton, onOpen }: OpenDatasetProps) {
  const opening = useDocument(listed.file);
  const document = opening.kind === "open" ? opening.document : null;
  const recovered = document?.opened.recovered ?? 0;
  useEffect(() => {
    if (recovered > 0) notice(text.recovered(pluralize(recovered, "edit")), listed.name);
  }, [recovered, listed.name]);
  const editable = document !== null && readOnlyReason(listed, document) === null;
  return (
    <Page
      title={messages.title}
      fill
      lead={<Lead files={files} listed={listed} onOpen={onOpen} document={document} />}
      actions={
        <>
          {editable ? <SaveButtons document={document} /> : null}
          {importButton}
        </>
      }
    >
      {opening.kind === "opening" ? (
        <Group p={16}>
          <LinesSkeleton lines={12} />
        </Group>
      ) : null}
      {opening.kind === "failed" ? (
        <Group p={16}>
          <FailureNotice error={opening.error} title={text.openFailed(listed.name)} onRetry={opening.retry} />
        </Group>
      ) : null}
      {document === null ? null : document.state.conflict ? (
        <ConflictScreen
          file={listed.file}
          name={listed.name}
          onOpen={(file) => onOpen(file.split(/[/\\]/).at(-1) ?? listed.name)}
        />
      ) : (
        <DocumentView document={document} readOnly={readOnlyReason(listed, document)} />
      )}
    </Page>
  );
}
