import path from "node:path";
import { Failure } from "../../../shared/domain/failure.ts";
import { issueWords } from "../../../shared/domain/issueWords.ts";
import { type UserSettings, UserSettingsSchema } from "../../../shared/schema/settings.ts";
import { isAbsent } from "../files/primitives.ts";
import { readRegularSync } from "../files/regularFile.ts";
import type { Platform } from "../platform.ts";
import { keyForService } from "./boundKey.ts";
import { judgeKey } from "./judgeKey.ts";

/** Returns the file of the user's settings, in their data folder so that a workspace can't provide its own. */
export function settingsFile(userData: string): string {
  return path.join(userData, "settings.json");
}

/** Reads the user's settings. Throws `Failure` `bad-value` for an invalid file. */
export function readUserSettings(userData: string): UserSettings {
  const file = settingsFile(userData);
  let json: unknown;
  try {
    json = JSON.parse(readRegularSync(file));
  } catch (cause) {
    if (isAbsent(cause)) return UserSettingsSchema.parse({});
    throw unreadable(file, (cause as Error).message, cause);
  }
  const settings = UserSettingsSchema.safeParse(json);
  if (settings.success) return settings.data;
  throw unreadable(file, issueWords(settings.error, json), settings.error);
}

function unreadable(file: string, reason: string, cause: unknown): Failure {
  return new Failure("bad-value", `the settings in ${file} can't be read: ${reason}`, {
    file,
    hint: "Correct the file, or delete it to restore the defaults.",
    cause,
  });
}

/** Returns the stored value of an environment setting, or undefined if it isn't stored. */
function storedValue({ device, judge }: UserSettings, name: string): string | undefined {
  switch (name) {
    case "DEVICE":
      return device ?? undefined;
    case "OPENAI_BASE_URL":
      return judge.baseUrl ?? undefined;
    case "NAMEWRIGHT_JUDGE_MODEL":
      return judge.model ?? undefined;
    case "NAMEWRIGHT_JUDGE_PRICE_INPUT":
      return judge.prices?.input.toString();
    case "NAMEWRIGHT_JUDGE_PRICE_OUTPUT":
      return judge.prices?.output.toString();
    default:
      return undefined;
  }
}

/**
 * Whether the environment overrides stored prices. Prices belong to the model they were set for, so any price or a
 * different model in the environment overrides them.
 */
function isOverruled(platform: Platform, settings: UserSettings, name: string): boolean {
  if (!name.startsWith("NAMEWRIGHT_JUDGE_PRICE_")) return false;
  const model = platform.setting("NAMEWRIGHT_JUDGE_MODEL");
  return (
    platform.setting("NAMEWRIGHT_JUDGE_PRICE_INPUT") !== undefined ||
    platform.setting("NAMEWRIGHT_JUDGE_PRICE_OUTPUT") !== undefined ||
    (model !== undefined && model !== settings.judge.model)
  );
}

/**
 * Returns the platform with the user's settings, which have lower priority than the environment and `.env`. The file is
 * read each time, because it is small and another window or the terminal may have changed it. A key is returned only
 * for the service's current address; a key that is bound to another origin is a `Failure` `missing`.
 *
 * @param host the host's platform
 */
export function withUserSettings(host: Platform): Platform {
  const setting = (name: string): string | undefined => {
    const given = host.setting(name);
    if (given !== undefined) return given;
    const settings = readUserSettings(host.paths.userData);
    return isOverruled(host, settings, name) ? undefined : storedValue(settings, name);
  };
  const get: Platform["secrets"]["get"] = (name) =>
    name === "OPENAI_API_KEY" ? judgeKey(host, { setting }) : keyForService(host, { setting }, name);
  return { ...host, setting, secrets: { get } };
}
