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

interface OpenDatasetProps {
  readonly listed: ListedFile;
  readonly files: readonly ListedFile[];
  readonly importButton: ReactNode;
  onOpen(name: string): void;
}

/** Why a file is shown only: made by the workbench, or the service says so. */
function readOnlyReason({ kind }: ListedFile, { opened }: DocumentHandle): string | null {
  if (kind === "results") return "results are made by an evaluation; corrections are made in Evaluate";
  if (kind === "labels" || kind === "overrides") return "it is kept by Evaluate";
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
        aria-label="Dataset"
        w={230}
        data={files.map(({ name, dirty }) => ({ value: name, label: dirty ? `${name} •` : name }))}
        value={listed.name}
        onChange={(name) => name !== null && onOpen(name)}
      />
      {document?.state.dirty ? (
        <Badge variant="light" role="status">
          {pluralize(document.state.changes, "row")} not saved
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
        Discard
      </Button>
      <Button disabled={!dirty || conflict} onClick={() => void document.save().catch(() => {})}>
        Save
      </Button>
      <ConfirmDialog
        opened={asking}
        title={`Discard the edits of ${document.opened.name}?`}
        action={`Discard ${pluralize(changes, "row")}`}
        keep="Keep them"
        onConfirm={discard}
        onClose={ask.close}
      >
        {pluralize(changes, "row")} {changes === 1 ? "goes" : "go"} back to what the file holds. The file
        itself is not touched.
      </ConfirmDialog>
    </>
  );
}

/** One dataset on the screen: its rows, or the choice between two sides where its file was changed meanwhile. */
export function OpenDataset({ listed, files, importButton, onOpen }: OpenDatasetProps) {
  const opening = useDocument(listed.file);
  const document = opening.kind === "open" ? opening.document : null;
  const recovered = document?.opened.recovered ?? 0;
  useEffect(() => {
    if (recovered > 0)
      notice(`${pluralize(recovered, "edit")} of last time are back. They are not saved yet.`, listed.name);
  }, [recovered, listed.name]);
  const editable = document !== null && readOnlyReason(listed, document) === null;
  return (
    <Page
      title="Datasets"
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
          <FailureNotice
            error={opening.error}
            title={`${listed.name} cannot be opened`}
            onRetry={opening.retry}
          />
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
