import { Center, Overlay, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useEffect, useEffectEvent, useState } from "react";
import { useLocation } from "wouter";
import { sentenceCase } from "../../shared/domain/format/sentence.ts";
import { pathOfFile } from "../api/index.ts";
import { deliverFiles, type IncomingFile } from "../ui/fileDrops.ts";
import { messages } from "./messages.ts";

function holdsFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes("Files") === true;
}

/** Sends files to the host one after the other and shows the reason for each that is refused. */
async function received(files: readonly File[]): Promise<IncomingFile[]> {
  const taken: IncomingFile[] = [];
  for (const file of files) {
    try {
      taken.push({ name: file.name, path: await pathOfFile(file) });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      notifications.show({
        color: "orange",
        title: messages.drop.refused(file.name),
        message: sentenceCase(message),
        autoClose: false,
      });
    }
  }
  return taken;
}

/** Accepts CSV files dropped anywhere: the open screen takes them if it can, otherwise Datasets opens with them. */
export function FileDrop({ workspaceId }: { workspaceId: string }) {
  const [over, setOver] = useState(false);
  const [, navigate] = useLocation();
  const drop = useEffectEvent(async (event: DragEvent) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    setOver(false);
    const files = await received([...(event.dataTransfer?.files ?? [])]);
    if (files.length > 0 && !deliverFiles(files)) navigate(`/w/${workspaceId}/datasets`);
  });
  useEffect(() => {
    const enter = (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      // Otherwise the browser would open the file instead of this page.
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent) => event.relatedTarget === null && setOver(false);
    const dropped = (event: DragEvent) => void drop(event);
    window.addEventListener("dragover", enter);
    window.addEventListener("dragleave", leave);
    window.addEventListener("drop", dropped);
    return () => {
      window.removeEventListener("dragover", enter);
      window.removeEventListener("dragleave", leave);
      window.removeEventListener("drop", dropped);
    };
  }, []);
  if (!over) return null;
  return (
    <Overlay fixed zIndex={400} backgroundOpacity={0.6} color="var(--mantine-color-body)">
      <Center h="100%">
        <Text size="lg" fw={600}>
          {messages.drop.prompt}
        </Text>
      </Center>
    </Overlay>
  );
}
