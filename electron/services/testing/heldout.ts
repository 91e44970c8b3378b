import type { FileLayer } from "../files/fileLayer.ts";
import { createHeldoutGuard } from "../results/heldoutGuard.ts";
import { createHeldoutLooks } from "../results/heldoutLooks.ts";
import type { Workspace } from "../workspace/workspace.ts";

/** Creates the guard of the held-out rows and the counter behind it. */
export function testHeldout(files: FileLayer, workspace: Workspace, now = () => new Date(0)) {
  const looks = createHeldoutLooks({ files, workspace, now });
  return { looks, heldout: createHeldoutGuard({ workspace, looks }) };
}
