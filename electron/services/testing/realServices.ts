import { fileURLToPath } from "node:url";
import type { FileLayer } from "../files/fileLayer.ts";
import { createServices, type Services } from "../services.ts";
import { environmentSource, fromOutside } from "../settings/outside.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { launchRealWorker } from "./engineFixtures.ts";
import { tinySample } from "./tinySample.ts";

const inRepository = (folder: string) => fileURLToPath(new URL(`../../../${folder}`, import.meta.url));

/**
 * For tests: the services of a workspace with the real engine on the CPU, and without keys. `files` is the test's only file
 * layer, because locks taken through another one in the same process count as leftovers.
 */
export function realServices(files: FileLayer, userData: string, workspace: Workspace): Services {
  return createServices({
    platform: {
      // As in the terminal, computations stay in this process: only the inference worker is launched.
      name: "terminal",
      paths: {
        userData,
        resources: inRepository("resources"),
        sample: tinySample,
        embeddedBase: inRepository("models/tiny-mistral"),
      },
      secrets: { get: async () => null },
      ...fromOutside([environmentSource({ DEVICE: "cpu" })]),
      launchWorker: launchRealWorker,
    },
    files,
    workspace,
  });
}
