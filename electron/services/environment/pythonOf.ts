import path from "node:path";
import { Failure } from "../../../shared/domain/failure.ts";
import type { PlatformPaths } from "../platform.ts";
import { currentEnvironment } from "./folders.mjs";

/** The requirements that our Python environment is keyed by. */
export function requirementsFile(paths: Pick<PlatformPaths, "resources">): string {
  return path.join(paths.resources, "requirements.txt");
}

/**
 * The interpreter of our own Python environment. Looks at files only, so that every command may ask.
 *
 * @returns an absolute path
 * @throws Failure "missing" where set-up has not built it for these requirements
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
