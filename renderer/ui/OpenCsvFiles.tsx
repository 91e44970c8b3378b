import { Button, FileButton } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation } from "@tanstack/react-query";
import { sentenceCase } from "../../shared/domain/format/sentence.ts";
import { pathOfFile } from "../api/index.ts";
import { type IncomingFile, useIncomingFiles } from "./fileDrops.ts";
import { messages } from "./messages.ts";

interface OpenCsvFilesProps {
  /** What the files are for, as a tooltip. */
  readonly help: string;
  /** Receives two paths on the host in the order of their names, or one path if one file was given. */
  onFiles(paths: readonly string[]): void;
}

/** Returns the paths sorted by file name, so that v1 comes before v2. */
function inOrder(files: readonly IncomingFile[]): string[] {
  return [...files]
    .sort((one, other) => one.name.localeCompare(other.name, "en", { numeric: true }))
    .slice(0, 2)
    .map(({ path }) => path);
}

/** Opens one or two CSV files, dropped on the screen or selected here. */
export function OpenCsvFiles({ help, onFiles }: OpenCsvFilesProps) {
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
        title: messages.csvFiles.failed,
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
        <Button variant="default" loading={taking.isPending} title={help} {...button}>
          {messages.csvFiles.open}
        </Button>
      )}
    </FileButton>
  );
}
