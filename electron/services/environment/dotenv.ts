import path from "node:path";
import { parseEnv } from "node:util";
import { Failure } from "../../../shared/domain/failure.ts";
import { readRegularSync } from "../files/regularFile.ts";
import { systemCode } from "../files/systemErrors.mjs";

/**
 * Returns the variables in a folder's `.env` (DEVICE, HUGGINGFACE_API_TOKEN, OPENAI_API_KEY). Doesn't change the
 * environment of this process: exported variables win, and children get only what they are given.
 *
 * @param folder the folder of the `.env`
 * @returns an empty object without such a file
 * @throws Failure `bad-value` when the file is unreadable
 */
export function readDotenv(folder: string): Record<string, string> {
  const file = path.join(folder, ".env");
  try {
    // Notepad writes a byte order mark, which would become part of the first name.
    const text = readRegularSync(file).replace(/^\uFEFF/, "");
    const variables: Record<string, string> = {};
    for (const [name, value] of Object.entries(parseEnv(text)))
      if (value !== undefined) variables[name] = value;
    return variables;
  } catch (cause) {
    // A folder called .env is a Python environment, and a pipe or a device contains no keys either.
    if (systemCode(cause) === "ENOENT" || cause instanceof Failure) return {};
    throw new Failure("bad-value", `couldn't read .env: ${(cause as Error).message}`, { file, cause });
  }
}
