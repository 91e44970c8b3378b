import { Failure } from "../../../shared/domain/failure.ts";
import type { SecretName } from "../../../shared/schema/settings.ts";
import type { Platform } from "../platform.ts";

/** The services a key can be for: the setting that names the endpoint, its default, and what it is called in words. */
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
  readonly source: "environment" | "dotenv" | "stored";
}

/** @throws Failure `bad-value` for what is no http address. */
export function originOf(address: string, name: string): string {
  try {
    const { origin, protocol } = new URL(address);
    if (protocol === "http:" || protocol === "https:") return origin;
  } catch {
    // Told below.
  }
  throw new Failure("bad-value", `${name} is no address: ${JSON.stringify(address)}`, {
    hint: `Give it as ${keyedServices.OPENAI_API_KEY.fallback}.`,
  });
}

/** The service's address as it is set now, the user's settings included where `platform` has them. */
export function serviceAddress(platform: Pick<Platform, "setting">, name: SecretName): string {
  const { setting, fallback } = keyedServices[name];
  return platform.setting(setting)?.trim() || fallback;
}

/** Which of the two a value that the host read came from. */
export function outsideSource(name: string, value: string): "environment" | "dotenv" {
  return process.env[name] === value ? "environment" : "dotenv";
}

/**
 * The key and whom it is for. One from the environment or `.env` wins, and is for the endpoint that is named there, or
 * the service's own: an endpoint set elsewhere does not get it. A stored one is for the origin it was set for.
 *
 * @param host the platform as the host made it, without the user's settings
 */
export async function boundKey(host: Platform, name: SecretName): Promise<BoundKey | null> {
  const outside = host.setting(name);
  const forOutside = () => originOf(serviceAddress(host, name), keyedServices[name].setting);
  if (outside !== undefined) {
    return { value: outside, origin: forOutside(), source: outsideSource(name, outside) };
  }
  if (host.secrets.bound !== undefined) {
    const kept = await host.secrets.bound(name);
    return kept === null ? null : { ...kept, source: "stored" };
  }
  const value = await host.secrets.get(name);
  if (value === null || value === "") return null;
  return { value, origin: forOutside(), source: outsideSource(name, value) };
}

/** Whether an address is this machine's own: a server there mostly wants no key. */
export function isLoopback(address: string): boolean {
  const hostname = URL.parse(address)?.hostname ?? "";
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}

/**
 * The key for the service as it is set now; null where none is set.
 * @throws Failure `missing` where there is one that is for another origin: it is sent nowhere else.
 */
export async function keyForService(
  host: Platform,
  settings: Pick<Platform, "setting">,
  name: SecretName,
): Promise<string | null> {
  const { setting, service } = keyedServices[name];
  const key = await boundKey(host, name);
  const wanted = originOf(serviceAddress(settings, name), setting);
  if (key === null || key.origin === wanted) return key?.value ?? null;
  const where =
    key.source === "stored"
      ? `Set a key for ${wanted} in Settings, or the endpoint back.`
      : `Set ${setting} beside ${name} (in the environment or .env) if the key is meant for ${wanted}.`;
  throw new Failure(
    "missing",
    `the key for ${service} is bound to ${key.origin} and is not sent to ${wanted}`,
    { hint: where },
  );
}
