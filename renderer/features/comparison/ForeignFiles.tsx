import { Button, FileButton } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation } from "@tanstack/react-query";
import { sentenceCase } from "../../../shared/domain/format/sentence.ts";
import { pathOfFile } from "../../api/index.ts";
import { type IncomingFile, useIncomingFiles } from "../../ui/fileDrops.ts";

interface ForeignFilesProps {
  /** Two paths where the host finds them, the baseline first; one, where one file was given. */
  onFiles(paths: readonly string[]): void;
}

/** By name, so that v1 stands before v2 however the files were picked up. */
function inOrder(files: readonly IncomingFile[]): string[] {
  return [...files]
    .sort((one, other) => one.name.localeCompare(other.name, "en", { numeric: true }))
    .slice(0, 2)
    .map(({ path }) => path);
}

/** Results from elsewhere, this workbench's or the study's: dropped on the screen, or chosen here. */
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
        title: "The files were not taken",
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
        <Button
          variant="default"
          loading={taking.isPending}
          title="Two results files from elsewhere; the first by name is the baseline. They can be dropped here too."
          {...button}
        >
          Open CSVs…
        </Button>
      )}
    </FileButton>
  );
}
