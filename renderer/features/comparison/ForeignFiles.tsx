import { Button, FileButton } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation } from "@tanstack/react-query";
import { sentenceCase } from "../../../shared/domain/format/sentence.ts";
import { pathOfFile } from "../../api/index.ts";
import { type IncomingFile, useIncomingFiles } from "../../ui/fileDrops.ts";
import { messages } from "./messages.ts";

interface ForeignFilesProps {
  /** Receives two paths on the host, the baseline first, or one path if one file was given. */
  onFiles(paths: readonly string[]): void;
}

/** Returns the paths sorted by file name, so that v1 comes before v2. */
function inOrder(files: readonly IncomingFile[]): string[] {
  return [...files]
    .sort((one, other) => one.name.localeCompare(other.name, "en", { numeric: true }))
    .slice(0, 2)
    .map(({ path }) => path);
}

/** Opens results files from other workspaces or from the study, dropped on the screen or selected here. */
export function ForeignFiles({ onFiles }: ForeignFilesProps) {
  useIncomingFiles({
    accepts: (files) => files.every(({ name }) => /\.csv$/i.test(name)),
    take: (files) => onFiles(inOrder(files)),
  });
  const taking = useMutation({
    mutationFn: (files: readonly File[]) =>
      Promise.all(files.map(async (file) => ({ name: file.name, path: await pathOfFile(file) }))),
    onSuccess: (files) => onFiles(inOrder(files)),
    onError: (error) =>
      notifications.show({
        color: "orange",
        title: messages.files.failed,
        message: sentenceCase(error.message),
      }),
  });
  return (
    <FileButton
      multiple
      accept=".csv,text/csv"
      onChange={(files) => files.length > 0 && taking.mutate(files)}
    >
      {(button) => (
        <Button variant="default" loading={taking.isPending} title={messages.files.help} {...button}>
          {messages.files.open}
        </Button>
      )}
    </FileButton>
  );
}
