import { Alert } from "@mantine/core";
import { useConnectionStatus } from "../api/index.ts";

/** A line over the screens while the host cannot be asked. What is shown stays. */
export function ConnectionNotice() {
  const status = useConnectionStatus((state) => state.status);
  if (status.kind === "open" || status.kind === "connecting") return null;
  if (status.kind === "refused")
    return (
      <Alert color="orange" radius={0} role="alert" title="This tab cannot be connected">
        {status.reason}
      </Alert>
    );
  return (
    <Alert color="orange" radius={0} role="alert" title="The host does not answer">
      Trying again. What was saved is safe, and what was running goes on from where it stopped.
    </Alert>
  );
}
