import { Alert } from "@mantine/core";
import { useConnectionStatus } from "../api/index.ts";
import { messages } from "./messages.ts";

/** Shows a banner above the screens while the host isn't reachable. */
export function ConnectionNotice() {
  const status = useConnectionStatus((state) => state.status);
  if (status.kind === "open" || status.kind === "connecting") return null;
  if (status.kind === "refused")
    return (
      <Alert color="orange" radius={0} role="alert" title={messages.connection.refused}>
        {status.reason}
      </Alert>
    );
  return (
    <Alert color="orange" radius={0} role="alert" title={messages.connection.lost}>
      {messages.connection.lostDetail}
    </Alert>
  );
}
