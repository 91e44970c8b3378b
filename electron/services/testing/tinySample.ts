import { fileURLToPath } from "node:url";

/** The finished workspace that tests read and copy: the embedded base, trained twice. */
export const tinySample = fileURLToPath(new URL("../../../e2e/fixtures/tiny-sample", import.meta.url));
