// Type-checks every runtime against its own tsconfig, so that a forbidden import doesn't compile.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const tsc = fileURLToPath(new URL("../node_modules/typescript/bin/tsc", import.meta.url));
let failed = false;
for (const runtime of ["shared", "figures", "renderer", "electron", "preload", "test"]) {
  const { status } = spawnSync(
    process.execPath,
    [
      tsc,
      "-p",
      `tsconfig.${runtime}.json`,
      "--incremental",
      "--tsBuildInfoFile",
      `node_modules/.cache/types/${runtime}`,
    ],
    {
      cwd: root,
      stdio: "inherit",
    },
  );
  console.error(`types of ${runtime}: ${status === 0 ? "ok" : "errors"}`);
  failed ||= status !== 0;
}
process.exitCode = failed ? 1 : 0;
