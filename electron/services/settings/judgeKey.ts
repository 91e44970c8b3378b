import type { Platform } from "../platform.ts";
import { boundKey, isLoopback, keyForService, serviceAddress } from "./boundKey.ts";

/** The placeholder for a local server without keys, because the protocol requires the header. */
const noKey = "none";

/**
 * Returns the key for the judge's current endpoint, or null if none is set. A local server from the settings works
 * without a key, and never receives a key that is bound to another origin.
 *
 * @param host the host's platform, without the user's settings
 * @throws Failure `missing` when the key is bound to another origin
 */
export async function judgeKey(host: Platform, settings: Pick<Platform, "setting">): Promise<string | null> {
  const address = serviceAddress(settings, "OPENAI_API_KEY");
  const chosenHere = host.setting("OPENAI_BASE_URL") === undefined;
  if (!chosenHere || !isLoopback(address)) return keyForService(host, settings, "OPENAI_API_KEY");
  const key = await boundKey(host, "OPENAI_API_KEY");
  return key !== null && key.origin === new URL(address).origin ? key.value : noKey;
}
