import path from "node:path";
import { fileURLToPath } from "node:url";
import { createStandIn } from "../../electron/hosts/desktop/standIn/standIn.ts";

export const root = fileURLToPath(new URL("../..", import.meta.url));

export const standIn = createStandIn({ app: root, documents: path.join(root, "nowhere") });
