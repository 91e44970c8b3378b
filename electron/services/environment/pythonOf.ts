import path from "node:path";
import { Failure } from "../../../shared/domain/failure.ts";
import type { PlatformPaths } from "../platform.ts";
import { currentEnvironment } from "./folders.mjs";

/** Returns the requirements file of our Python environment. */
export function requirementsFile(paths: Pick<PlatformPaths, "resources">): string {
  return path.join(paths.resources, "requirements.txt");
}

/**
 * Returns the interpreter of our Python environment. Reads only files, so that every command can afford it.
 *
 * @returns an absolute path
 * @throws Failure `missing` when setup hasn't built it for these requirements
 */
export function pythonOf(paths: Pick<PlatformPaths, "resources" | "userData">): string {
  const environment = currentEnvironment(paths.userData, requirementsFile(paths));
  if (environment !== null) return environment.python;
  throw new Failure(
    "missing",
    `no Python environment with the required packages was found in ${paths.userData}`,
    {
      hint: "Run `npm run setup` to build it. `namewright doctor` shows what is missing.",
    },
  );
}
