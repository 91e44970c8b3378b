import { Box, Button, FileButton, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type DragEvent, type ReactNode, useState } from "react";
import { pathOfFile } from "../../api/index.ts";
import { FailureNotice } from "../../ui/FailureNotice.tsx";

interface DropProps {
  /** Two paths of the host's machine: baseline, candidate. One, where one file was given. */
  onFiles(paths: readonly string[]): void;
}

function useTaken({ onFiles }: DropProps) {
  return useMutation({
    // By name, so that v1 stands before v2 however the files were picked up.
    mutationFn: async (files: readonly File[]) => {
      const sorted = [...files].sort((one, other) =>
        one.name.localeCompare(other.name, "en", { numeric: true }),
      );
      return Promise.all(sorted.slice(0, 2).map((file) => pathOfFile(file)));
    },
    onSuccess: onFiles,
  });
}

/** Results from elsewhere, by a button. */
export function ForeignFilesButton(props: DropProps) {
  const taking = useTaken(props);
  return (
    <>
      <FileButton
        multiple
        accept=".csv,text/csv"
        onChange={(files) => files.length > 0 && taking.mutate(files)}
      >
        {(button) => (
          <Button
            variant="default"
            loading={taking.isPending}
            title="Two results files from elsewhere; they can be dropped here too"
            {...button}
          >
            Open CSVs…
          </Button>
        )}
      </FileButton>
      {taking.error === null ? null : <FailureNotice error={taking.error} />}
    </>
  );
}

/** The screen takes two results CSVs that are dropped on it, from this workbench or from the study. */
export function DropResults({ onFiles, children }: DropProps & { children: ReactNode }) {
  const taking = useTaken({ onFiles });
  const [over, setOver] = useState(false);
  const carriesFiles = (event: DragEvent): boolean => event.dataTransfer.types.includes("Files");
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button beside does the same by keyboard.
    <div
      style={{ position: "relative", minHeight: "100%" }}
      onDragOver={(event) => {
        if (!carriesFiles(event)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      }}
      onDrop={(event) => {
        if (!carriesFiles(event)) return;
        event.preventDefault();
        event.stopPropagation();
        setOver(false);
        taking.mutate([...event.dataTransfer.files]);
      }}
    >
      {over ? (
        <Box
          p={16}
          mb={12}
          style={{ border: "1px dashed var(--mantine-primary-color-filled)", borderRadius: 4 }}
          aria-live="polite"
        >
          <Text size="sm">
            Drop two results CSVs: the first by name is the baseline. One alone is set against it.
          </Text>
        </Box>
      ) : null}
      {taking.error === null ? null : <FailureNotice error={taking.error} />}
      {children}
    </div>
  );
}
