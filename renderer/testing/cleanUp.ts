// Setup file of the unit tests: removes what a test drew. The files share their modules, so this can't be registered by
// one that they import.
import { afterEach } from "vitest";

if (typeof document !== "undefined") {
  const { cleanup } = await import("@testing-library/react");
  const { notifications } = await import("@mantine/notifications");
  afterEach(() => {
    cleanup();
    notifications.clean();
  });
}
