import path from "node:path";
import { parseEnv } from "node:util";
import { Failure } from "../../../shared/domain/failure.ts";
import { readRegularSync } from "../files/regularFile.ts";
import { systemCode } from "../files/systemErrors.ts";

/**
 * The variables of a folder's `.env`, as in the study (DEVICE, HUGGINGFACE_API_TOKEN, OPENAI_API_KEY). Sets nothing in
 * this process: what is exported there wins, and children get only what they are given.
 *
 * @param folder where the `.env` lies
 * @returns nothing where there is no such file
 * @throws Failure "bad-value" where it is there and cannot be read
 */
export function readDotenv(folder: string): Record<string, string> {
  const file = path.join(folder, ".env");
  try {
    // Notepad begins a file with a byte order mark, which would become part of the first name.
    const text = readRegularSync(file).replace(/^\uFEFF/, "");
    const variables: Record<string, string> = {};
    for (const [name, value] of Object.entries(parseEnv(text)))
      if (value !== undefined) variables[name] = value;
    return variables;
  } catch (cause) {
    // A folder called .env is somebody's Python environment, and a pipe or a device holds no keys either.
    if (systemCode(cause) === "ENOENT" || cause instanceof Failure) return {};
    throw new Failure("bad-value", `couldn't read .env: ${(cause as Error).message}`, { file, cause });
  }
}
