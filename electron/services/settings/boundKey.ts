import { Failure } from "../../../shared/domain/failure.ts";
import type { SecretName } from "../../../shared/schema/settings.ts";
import type { OutsideSource, Platform } from "../platform.ts";
import { outsideSetting } from "./outside.ts";

/** The services that use keys: the setting of the endpoint, its default, and the service's name in messages. */
export const keyedServices = {
  OPENAI_API_KEY: {
    setting: "OPENAI_BASE_URL",
    fallback: "https://api.openai.com/v1",
    service: "the LLM endpoint",
  },
  HUGGINGFACE_API_TOKEN: {
    setting: "HF_ENDPOINT",
    fallback: "https://huggingface.co",
    service: "Hugging Face",
  },
} as const satisfies Record<SecretName, { setting: string; fallback: string; service: string }>;

/** A key, the one origin it may be sent to, and where it comes from. */
export interface BoundKey {
  readonly value: string;
  readonly origin: string;
  readonly source: OutsideSource["kind"] | "stored";
  /** The source's name in messages. */
  readonly place: string;
}

/** Returns the origin of an HTTP address. Throws `Failure` `bad-value` for others, or with a user name or password. */
export function originOf(address: string, name: string): string {
  const url = URL.parse(address);
  if (url === null || (url.protocol !== "http:" && url.protocol !== "https:")) {
    throw new Failure("bad-value", `${name} is not a web address: ${JSON.stringify(address)}`, {
      hint: `Use the form ${keyedServices.OPENAI_API_KEY.fallback}.`,
    });
  }
  if (url.username !== "" || url.password !== "") {
    throw new Failure("bad-value", `${name} contains a user name or password`, {
      hint: `Remove everything before the @ in ${name}. A key belongs in its own variable.`,
    });
  }
  return url.origin;
}

/** Returns the service's current address, including the user's settings if `platform` has them. */
export function serviceAddress(platform: Pick<Platform, "setting">, name: SecretName): string {
  const { setting, fallback } = keyedServices[name];
  return platform.setting(setting)?.trim() || fallback;
}

/**
 * Returns the external key: that of the source with the address, otherwise the first. It is bound to the address of its
 * own source or the default, so that an address in a cloned folder's `.env` can't receive the environment's key.
 */
function outsideKey(host: Platform, name: SecretName): BoundKey | null {
  const first = outsideSetting(host, name);
  if (first === null) return null;
  const { setting, fallback } = keyedServices[name];
  const beside = outsideSetting(host, setting)?.source;
  const source = beside?.read(name)?.trim() ? beside : first.source;
  const value = (source.read(name) ?? "").trim();
  const address = source.read(setting)?.trim() || fallback;
  return { value, origin: originOf(address, setting), source: source.kind, place: source.place };
}

/**
 * Returns the key and its origin. A key from the environment or `.env` wins. A stored key is bound to its origin.
 *
 * @param host the host's platform, without the user's settings
 */
export async function boundKey(host: Platform, name: SecretName): Promise<BoundKey | null> {
  const outside = outsideKey(host, name);
  if (outside !== null) return outside;
  const kept = (await host.secrets.bound?.(name)) ?? null;
  return kept === null ? null : { ...kept, source: "stored", place: "Settings" };
}

/** Whether an address is on this machine. A local server usually needs no key. */
export function isLoopback(address: string): boolean {
  const hostname = URL.parse(address)?.hostname ?? "";
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}

/**
 * Returns the key for the service's current address, or null if none is set.
 * @throws Failure `missing` when the key is bound to another origin
 */
export async function keyForService(
  host: Platform,
  settings: Pick<Platform, "setting">,
  name: SecretName,
): Promise<string | null> {
  const key = await boundKey(host, name);
  const wanted = originOf(serviceAddress(settings, name), keyedServices[name].setting);
  if (key === null || key.origin === wanted) return key?.value ?? null;
  throw boundElsewhere(host, name, key, wanted);
}

/** Returns the failure for a key that isn't bound to `wanted`, with both sources and a remedy. */
export function boundElsewhere(host: Platform, name: SecretName, key: BoundKey, wanted: string): Failure {
  const { setting } = keyedServices[name];
  const address = outsideSetting(host, setting)?.source;
  const named = address === undefined ? "" : `, which ${setting} in ${address.place} names`;
  const message = `${name} from ${key.place} is bound to ${key.origin}, so it isn't sent to ${wanted}${named}`;
  return new Failure("missing", message, {
    hint: hintFor(name, key, address),
    ...(address?.kind === "dotenv" ? { file: address.place } : {}),
  });
}

function hintFor(name: SecretName, key: BoundKey, address: OutsideSource | undefined): string {
  const { setting } = keyedServices[name];
  if (address?.kind === "dotenv") {
    const anyWord = name === "OPENAI_API_KEY" ? " (any word works for a server without keys)" : "";
    return `If you don't trust that file, remove ${setting} from it. If you do, add a ${name} for that address to it${anyWord}.`;
  }
  if (key.source === "stored") return "Set a key for that address in Settings, or change the address back.";
  if (address === undefined)
    return `Set ${setting} next to ${name} in ${key.place} if the key is for that address.`;
  return `Set a ${name} for that address in ${address.place} too, or unset ${setting} there.`;
}
