import { z } from "zod";
import { Failure } from "../../../shared/domain/failure.ts";
import type { DownloadRequest, HubFile } from "../../../shared/schema/base.ts";
import { redactionOf } from "../outbound/redaction.ts";
import { type Hub, hubGet, TransientHubError, watchdog } from "./hub.ts";

/** The fields that we read of the hub's model information. */
const ModelSchema = z.looseObject({
  sha: z.string().regex(/^[0-9a-f]{40,64}$/),
  siblings: z.array(
    z.looseObject({
      rfilename: z.string(),
      size: z.number().int().nonnegative().nullish(),
      blobId: z.string().nullish(),
      lfs: z.looseObject({ sha256: z.string().nullish(), size: z.number().int().nullish() }).nullish(),
    }),
  ),
});

const IndexSchema = z.looseObject({ weight_map: z.record(z.string(), z.string()) });

export const indexName = "model.safetensors.index.json";
export const singleName = "model.safetensors";

/** Configuration and tokenizer files that are downloaded with the weights. No code, no pickles. */
const besides = [
  "config.json",
  "generation_config.json",
  "tokenizer.json",
  "tokenizer.model",
  "tokenizer_config.json",
  "special_tokens_map.json",
  "added_tokens.json",
  "chat_template.jinja",
] as const;

/** The largest index or listing that is read, in bytes. Real ones have a few hundred kilobytes. */
const largestText = 32 * 1024 * 1024;

/** A model at one commit, with exactly the files to download. */
export interface HubModel {
  readonly revision: string;
  readonly files: readonly HubFile[];
}

async function getJson<Value>(
  hub: Hub,
  address: string,
  id: string,
  schema: z.ZodType<Value>,
  signal: AbortSignal,
): Promise<Value> {
  const watch = watchdog(signal, hub.silenceMs);
  try {
    const response = await hubGet(hub, address, id, { signal: watch.signal });
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of response.body ?? []) {
      watch.alive();
      size += chunk.byteLength;
      if (size > largestText)
        throw new Failure("service-refused", `the response from ${address} is too large`);
      chunks.push(chunk);
    }
    const redact = redactionOf(hub.token?.value ?? null);
    return schema.parse(JSON.parse(redact(Buffer.concat(chunks).toString("utf8"))));
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof Failure || error instanceof TransientHubError) throw error;
    if (error instanceof z.ZodError || error instanceof SyntaxError) {
      throw new Failure("service-refused", `${address} returned an unexpected response`, {
        hint: "Check HF_ENDPOINT and your proxy settings.",
        cause: error,
      });
    }
    throw watch.signal.aborted ? watch.signal.reason : new TransientHubError(String(error));
  } finally {
    watch.end();
  }
}

/** Returns the weight files that the index lists, otherwise `model.safetensors`; never consolidated ones. */
async function weightNames(
  hub: Hub,
  { id, revision }: DownloadRequest,
  there: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<string[]> {
  if (there.has(indexName)) {
    const address = fileAddress(hub, id, revision, indexName);
    const { weight_map } = await getJson(hub, address, id, IndexSchema, signal);
    return [...new Set(Object.values(weight_map))].sort();
  }
  if (there.has(singleName)) return [singleName];
  const pickle = [...there].find((name) => /\.(bin|pt|pth|ckpt|pkl)$/.test(name));
  const said =
    pickle === undefined ? "" : `: ${pickle} is a pickle file, which can run code, so it isn't downloaded`;
  throw new Failure("bad-value", `${id} has no safetensors files${said}`, {
    hint: "Choose a model that has safetensors files.",
  });
}

/** Returns the URL of one file at one commit. */
export function fileAddress(hub: Pick<Hub, "endpoint">, id: string, revision: string, name: string): string {
  return `${hub.endpoint}/${id}/resolve/${revision}/${encodeURIComponent(name)}`;
}

/**
 * Resolves a revision to its commit and returns the files to download, with sizes and checksums.
 * @throws Failure when the model has no safetensors or its index lists other files
 */
export async function hubModel(hub: Hub, request: DownloadRequest, signal: AbortSignal): Promise<HubModel> {
  const { id } = request;
  const address = `${hub.endpoint}/api/models/${id}/revision/${encodeURIComponent(request.revision)}?blobs=true`;
  const model = await getJson(hub, address, id, ModelSchema, signal);
  const siblings = new Map(model.siblings.map((sibling) => [sibling.rfilename, sibling]));
  const pinned = { id, revision: model.sha };
  const weights = await weightNames(hub, pinned, new Set(siblings.keys()), signal);
  const index = siblings.has(indexName) ? [indexName] : [];
  const wanted = [...besides.filter((name) => siblings.has(name)), ...index, ...weights];
  if (!siblings.has("config.json"))
    throw new Failure("bad-value", `${id} has no config.json, so it can't be used for training`);
  return {
    revision: model.sha,
    files: wanted.map((name) => {
      const sibling = siblings.get(name);
      // A name with a slash could lead out of the folder. Only safetensors files are accepted.
      if (weights.includes(name) && !/^[\w.-]+\.safetensors$/.test(name))
        throw new Failure(
          "bad-value",
          `the index of ${id} lists ${JSON.stringify(name)}, which isn't a safetensors file`,
        );
      const bytes = sibling?.lfs?.size ?? sibling?.size;
      if (sibling === undefined || bytes == null)
        throw new Failure("bad-value", `the index of ${id} lists ${name}, but that file is missing`);
      return { name, bytes, sha256: sibling.lfs?.sha256 ?? null, gitBlob: sibling.blobId ?? null };
    }),
  };
}
