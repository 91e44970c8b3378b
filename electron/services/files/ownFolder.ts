import { Failure } from "../../../shared/domain/failure.ts";
import { isWithin, realPlace } from "./guardedPrimitives.ts";

/**
 * Throws Failure `bad-value` when a file that the user names for output is inside Namewright's own data folder: it
 * holds the Python environment, where a new file can be run as code.
 */
export async function refuseOwnFolder(userData: string, file: string): Promise<void> {
  if (!isWithin(await realPlace(userData), await realPlace(file))) return;
  throw new Failure("bad-value", `${file} is inside Namewright's own data folder`, {
    hint: "Choose a place in your workspace.",
    file,
  });
}
