import { Failure } from "../../../shared/domain/failure.ts";
import {
  type JudgeTest,
  type KeyChange,
  type KeyState,
  type SecretName,
  SecretNameSchema,
  type Settings,
  type SettingsChange,
  type UserSettings,
  UserSettingsSchema,
} from "../../../shared/schema/settings.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { readPrices } from "../llm/prices.ts";
import type { Platform } from "../platform.ts";
import { withWriteLock } from "../workspace/writeLock.ts";
import { boundKey, isLoopback, keyedServices, originOf, serviceAddress } from "./boundKey.ts";
import { outsideSetting } from "./outside.ts";
import { testJudge } from "./testJudge.ts";
import { readUserSettings, settingsFile, withUserSettings } from "./userSettings.ts";

export interface SettingsService {
  get(): Promise<Settings>;
  /** Changes settings. Throws `Failure` when they can't be written. */
  update(change: SettingsChange): Promise<Settings>;
  /** Stores a key. Throws `Failure` `missing` on a host without key storage, `bad-value` for an insecure origin. */
  setKey(change: KeyChange): Promise<Settings>;
  testJudge(signal: AbortSignal): Promise<JudgeTest>;
}

/** Returns the settings with a change applied; null unsets. */
function changed(settings: UserSettings, { theme, device, judge }: SettingsChange): UserSettings {
  return UserSettingsSchema.parse({
    ...settings,
    ...(theme === undefined ? {} : { theme }),
    ...(device === undefined ? {} : { device }),
    judge: {
      ...settings.judge,
      ...Object.fromEntries(Object.entries(judge ?? {}).filter(([, value]) => value !== undefined)),
    },
  });
}

/** Returns a function that reads the settings in effect and where each comes from. */
function settingsReader(host: Platform, platform: Platform, files: FileLayer): () => Promise<Settings> {
  const { userData, resources } = host.paths;

  function sourced(name: string, stored: string | null, fallback: string) {
    const outside = outsideSetting(host, name);
    if (outside !== null) return { value: outside.value, source: outside.source.kind };
    if (stored !== null) return { value: stored, source: "settings" as const };
    return { value: fallback, source: "default" as const };
  }

  async function pricesNow(model: string | null): Promise<Settings["judge"]["prices"]> {
    const input = platform.setting("NAMEWRIGHT_JUDGE_PRICE_INPUT");
    const output = platform.setting("NAMEWRIGHT_JUDGE_PRICE_OUTPUT");
    if (input === undefined || output === undefined) {
      const known = (await readPrices(files, `${resources}/prices.json`)).get(model ?? "");
      return { value: known ?? null, source: "default" };
    }
    const outside = outsideSetting(host, "NAMEWRIGHT_JUDGE_PRICE_INPUT");
    return {
      value: { input: Number(input), output: Number(output) },
      source: outside?.source.kind ?? "settings",
    };
  }

  async function keyState(name: SecretName): Promise<KeyState> {
    const key = await boundKey(host, name);
    return {
      name,
      set: key !== null,
      source: key?.source ?? null,
      origin: key?.origin ?? null,
      wantedBy: originOf(serviceAddress(platform, name), keyedServices[name].setting),
      storage: host.secrets.set === undefined ? null : ((await host.secrets.storage?.()) ?? "system"),
    };
  }

  return async () => {
    const stored = readUserSettings(userData);
    const model = platform.setting("NAMEWRIGHT_JUDGE_MODEL") ?? null;
    return {
      theme: stored.theme,
      device: sourced("DEVICE", stored.device, "auto"),
      judge: {
        baseUrl: sourced("OPENAI_BASE_URL", stored.judge.baseUrl, keyedServices.OPENAI_API_KEY.fallback),
        model: {
          value: model,
          source: sourced("NAMEWRIGHT_JUDGE_MODEL", stored.judge.model, "").source,
        },
        prices: await pricesNow(model),
      },
      keys: await Promise.all(SecretNameSchema.options.map(keyState)),
      file: settingsFile(userData),
    };
  };
}

/** Creates the settings service; `host` is the host's platform, without the user's settings. */
export function createSettingsService(host: Platform, files: FileLayer): SettingsService {
  const { userData } = host.paths;
  const platform = withUserSettings(host);
  const get = settingsReader(host, platform, files);
  return {
    get,
    async update(change) {
      const file = settingsFile(userData);
      // Locked, so that two windows don't overwrite each other's changes.
      await withWriteLock(files, `${file}.lock`, "change the settings", async () => {
        const next = changed(readUserSettings(userData), change);
        await files.writeAtomic(file, `${JSON.stringify(next, null, 2)}\n`);
      });
      return get();
    },
    async setKey({ name, value, origin }) {
      if (host.secrets.set === undefined) throw keysFromOutside(name);
      const bound = originOf(origin, "the key's origin");
      if (value !== null && bound.startsWith("http:") && !isLoopback(bound)) {
        throw new Failure("bad-value", `${bound} isn't encrypted: a key sent there could be intercepted`, {
          hint: "Use an HTTPS address, or a server on this machine.",
        });
      }
      await host.secrets.set(name, value === null ? null : { value, origin: bound });
      return get();
    },
    testJudge: (signal) => testJudge({ host, platform, files, signal }),
  };
}

function keysFromOutside(name: SecretName): Failure {
  return new Failure(
    "missing",
    "keys can't be stored here: they are read only from the environment or .env",
    {
      hint: `Add ${name}=… to the environment, or to .env in the folder where you start Namewright, then restart it.`,
    },
  );
}
