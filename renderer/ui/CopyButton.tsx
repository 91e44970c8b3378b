import { notifications } from "@mantine/notifications";
import { type ReactNode, useEffect, useState } from "react";
import { copyText } from "./clipboard.ts";

/** How long it says so, in milliseconds. */
const saidMs = 1500;

/** Copies a text and says for a moment that it did; the button itself is the caller's. */
export function CopyButton({
  value,
  children,
}: {
  value: string;
  children: (state: { copied: boolean; copy: () => void }) => ReactNode;
}) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), saidMs);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = () => {
    copyText(value).then(
      () => setCopied(true),
      () => notifications.show({ color: "orange", message: "The clipboard could not be written." }),
    );
  };
  return children({ copied, copy });
}
