import { Alert, Button, Modal } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useLocation } from "wouter";
import { useApi } from "../../api/index.ts";
import { useCommands } from "../../ui/commands.ts";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { FailureNotice } from "../../ui/FailureNotice.tsx";
import { useIncomingFiles } from "../../ui/fileDrops.ts";
import { Page } from "../../ui/Page.tsx";
import { PathPicker } from "../../ui/PathPicker.tsx";
import { LinesSkeleton } from "../../ui/Skeletons.tsx";
import { useUrlState, useWorkspacePath } from "../../ui/useUrlState.ts";
import { FilesTable } from "./FilesTable.tsx";
import { ImportDialog } from "./import/ImportDialog.tsx";
import { useImports } from "./import/useImports.ts";
import { OpenDataset } from "./OpenDataset.tsx";

const nameOf = (file: string) => file.split(/[/\\]/).at(-1) ?? file;

/** The workspace's CSV files: which there are, and the one that is open. Files are dropped in anywhere. */
export function DatasetsScreen() {
  const files = useQuery(useApi().dataset.list.queryOptions());
  const [name] = useUrlState("file");
  const [, navigate] = useLocation();
  const { to } = useWorkspacePath();
  const [choosing, choose] = useDisclosure(false);
  const imports = useImports();
  // Another file is another station on the way back; its filter is not the former one's.
  const open = (file: string) => navigate(to(`datasets?file=${encodeURIComponent(file)}`));
  useIncomingFiles({ accepts: () => true, take: imports.add });
  useCommands([
    { id: "dataset:import", label: "Import a CSV", run: choose.open },
    ...(files.data ?? []).map((one) => ({
      id: `dataset:open:${one.name}`,
      label: `Open ${one.name}`,
      run: () => open(one.name),
    })),
  ]);
  const importButton = (
    <Button variant="default" onClick={choose.open}>
      Import CSV
    </Button>
  );
  const dialogs = (
    <>
      <Modal opened={choosing} onClose={choose.close} title="Choose a CSV to import" size={520}>
        <PathPicker
          purpose="csv"
          action="Choose a CSV"
          onPicked={(path) => {
            choose.close();
            imports.add([{ name: nameOf(path), path }]);
          }}
        />
      </Modal>
      <ImportDialog
        waiting={imports.waiting}
        onSkip={imports.next}
        onClose={imports.clear}
        onImported={(file) => {
          imports.next();
          open(nameOf(file));
        }}
      />
    </>
  );
  const listed = files.data?.find((one) => one.name === name);
  if (listed !== undefined && files.data !== undefined) {
    return (
      <>
        <OpenDataset
          key={listed.file}
          listed={listed}
          files={files.data}
          importButton={importButton}
          onOpen={open}
        />
        {dialogs}
      </>
    );
  }
  return (
    <Page title="Datasets" actions={importButton}>
      {files.error === null ? null : (
        <FailureNotice
          error={files.error}
          title="The files cannot be listed"
          onRetry={() => void files.refetch()}
        />
      )}
      {files.data === undefined && files.error === null ? <LinesSkeleton /> : null}
      {files.data?.length === 0 ? (
        <EmptyState title="No dataset yet" action={<Button onClick={choose.open}>Import a CSV</Button>}>
          Here stand the rows a model is trained and tested on: descriptions of businesses, each with five
          names or, where the right answer is a refusal, with none. Drop one or several CSV files anywhere
          into the window.
        </EmptyState>
      ) : null}
      {files.data !== undefined && name !== "" ? (
        <Alert color="orange" role="alert" title={`${name} is not in this workspace`} mb={16} maw={860}>
          It may have been renamed or deleted. These are the files that are here.
        </Alert>
      ) : null}
      <FilesTable files={files.data ?? []} onOpen={open} />
      {dialogs}
    </Page>
  );
}
