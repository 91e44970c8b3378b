import path from "node:path";
import { fileURLToPath } from "node:url";
import { createStandIn } from "../../electron/hosts/testing/fakeElectron/standIn.ts";

const { NAMEWRIGHT_TEST_APP, NAMEWRIGHT_TEST_RESOURCES, NAMEWRIGHT_TEST_DOCUMENTS } = process.env;

/** The folder of the built program: the clone, or the contents of a package's archive. */
export const app = NAMEWRIGHT_TEST_APP ?? fileURLToPath(new URL("../..", import.meta.url));

// Electron sets it in a package. In a clone it is Electron's own folder, which isn't used.
Object.defineProperty(process, "resourcesPath", { value: NAMEWRIGHT_TEST_RESOURCES ?? "/nowhere" });

export const standIn = createStandIn({
  app,
  packaged: NAMEWRIGHT_TEST_RESOURCES !== undefined,
  documents: NAMEWRIGHT_TEST_DOCUMENTS ?? path.join(app, "nowhere"),
});
