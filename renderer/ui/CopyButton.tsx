import { notifications } from "@mantine/notifications";
import { type ReactNode, useEffect, useState } from "react";
import { copyText } from "./clipboard.ts";
import { messages } from "./messages.ts";

/** How long `copied` stays true, in milliseconds. */
const copiedMs = 1500;

/** Copies text and sets `copied` for a moment. The caller draws the button. */
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
    const timer = setTimeout(() => setCopied(false), copiedMs);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = () => {
    copyText(value).then(
      () => setCopied(true),
      () => notifications.show({ color: "orange", message: messages.clipboard.failed }),
    );
  };
  return children({ copied, copy });
}
