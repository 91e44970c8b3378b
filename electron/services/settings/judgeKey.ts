import type { Platform } from "../platform.ts";
import { boundKey, isLoopback, keyForService, serviceAddress } from "./boundKey.ts";

/** What is sent where a server on this machine wants no key: the protocol's header has to hold something. */
const noKey = "none";

/**
 * The key for the judge's endpoint as it is set now; null where none is set. A server on this machine that was chosen
 * in the settings gets along without one, and never sees one that is for another.
 *
 * @param host the platform as the host made it, without the user's settings
 * @throws Failure `missing` where the key is for another origin
 */
export async function judgeKey(host: Platform, settings: Pick<Platform, "setting">): Promise<string | null> {
  const address = serviceAddress(settings, "OPENAI_API_KEY");
  const chosenHere = host.setting("OPENAI_BASE_URL") === undefined;
  if (!chosenHere || !isLoopback(address)) return keyForService(host, settings, "OPENAI_API_KEY");
  const key = await boundKey(host, "OPENAI_API_KEY");
  return key !== null && key.origin === new URL(address).origin ? key.value : noKey;
}
