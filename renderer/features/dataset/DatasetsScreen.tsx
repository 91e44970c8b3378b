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
import { messages } from "./messages.ts";
import { OpenDataset } from "./OpenDataset.tsx";

const nameOf = (file: string) => file.split(/[/\\]/).at(-1) ?? file;

/** Lists the workspace's CSV files and shows the open one. Files can be dropped anywhere. */
export function DatasetsScreen() {
  const files = useQuery(useApi().dataset.list.queryOptions());
  const [name] = useUrlState("file");
  const [, navigate] = useLocation();
  const { to } = useWorkspacePath();
  const [choosing, choose] = useDisclosure(false);
  const imports = useImports();
  // Each file gets its own history entry, without the filters of the previous file.
  const open = (file: string) => navigate(to(`datasets?file=${encodeURIComponent(file)}`));
  useIncomingFiles({ accepts: () => true, take: imports.add });
  useCommands([
    { id: "dataset:import", label: messages.import.command, run: choose.open },
    ...(files.data ?? []).map((one) => ({
      id: `dataset:open:${one.name}`,
      label: messages.openFile(one.name),
      run: () => open(one.name),
    })),
  ]);
  const importButton = (
    <Button variant="default" onClick={choose.open}>
      {messages.import.button}
    </Button>
  );
  const dialogs = (
    <>
      <Modal opened={choosing} onClose={choose.close} title={messages.import.pickTitle} size={520}>
        <PathPicker
          purpose="csv"
          action={messages.import.pick}
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
    <Page title={messages.title} actions={importButton}>
      <FailureNotice error={files.error} title={messages.listFailed} onRetry={files.refetch} />
      {files.data === undefined && files.error === null ? <LinesSkeleton /> : null}
      {files.data?.length === 0 ? (
        <EmptyState
          title={messages.empty.title}
          action={<Button onClick={choose.open}>{messages.import.button}</Button>}
        >
          {messages.empty.body}
        </EmptyState>
      ) : null}
      {files.data !== undefined && name !== "" ? (
        <Alert color="orange" role="alert" title={messages.notFound.title(name)} mb={16} maw={860}>
          {messages.notFound.body}
        </Alert>
      ) : null}
      <FilesTable files={files.data ?? []} onOpen={open} />
      {dialogs}
    </Page>
  );
}
