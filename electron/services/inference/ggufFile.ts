import type { FileHandle } from "node:fs/promises";
import { Failure } from "../../../shared/domain/failure.ts";
import { formatBytes } from "../../../shared/domain/format/bytes.ts";
import { MalformedGguf, MoreBytesNeeded } from "../../../shared/domain/gguf/bytes.ts";
import { contextBytes, contextTokens } from "../../../shared/domain/gguf/contextMemory.ts";
import { type GgufHeader, parseGgufHeader } from "../../../shared/domain/gguf/header.ts";
import { adapterProblems, baseProblems } from "../../../shared/domain/gguf/modelCheck.ts";
import type { ModelRef } from "../../../shared/schema/inference.ts";
import { openRegular } from "../files/regularFile.ts";

const firstRead = 1 << 20;
const longestHeader = 1 << 28;

async function opened(path: string): Promise<FileHandle> {
  try {
    return await openRegular(path);
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure("missing", `couldn't read the model file ${path}`, { file: path, cause: error });
  }
}

/** Reads a file's header. Throws `Failure` `missing`, or `bad-value` with the reason. */
export async function readGgufHeader(path: string): Promise<GgufHeader> {
  await using file = await opened(path);
  const { size } = await file.stat();
  for (let length = firstRead; ; length *= 4) {
    const bytes = new Uint8Array(Math.min(length, size));
    const { bytesRead } = await file.read(bytes, 0, bytes.length, 0);
    try {
      return parseGgufHeader(bytes.subarray(0, bytesRead), size);
    } catch (error) {
      if (error instanceof MoreBytesNeeded && length < longestHeader) continue;
      if (!(error instanceof MalformedGguf || error instanceof MoreBytesNeeded)) throw error;
      throw new Failure("bad-value", `${path} is not a usable GGUF file: ${error.message}`, {
        hint: "Delete it to have the base converted again, or download it again.",
        file: path,
        cause: error,
      });
    }
  }
}

function refuse(path: string, what: string, problems: readonly string[]): void {
  if (problems.length === 0) return;
  throw new Failure("bad-value", `${path} is not a usable ${what}: ${problems.slice(0, 3).join("; ")}`, {
    file: path,
  });
}

/**
 * Checks base and adapter before llama.cpp loads them, because it may hang or crash on a damaged file.
 * @returns the base's header
 * @throws Failure `missing` or `bad-value`
 */
export async function checkModelFiles({ gguf, adapter }: ModelRef): Promise<GgufHeader> {
  const base = await readGgufHeader(gguf);
  refuse(gguf, "base model for this workbench", baseProblems(base));
  if (adapter !== null) {
    refuse(
      adapter.path,
      "adapter for this base model",
      adapterProblems(await readGgufHeader(adapter.path), base),
    );
  }
  return base;
}

/**
 * Refuses a context whose keys and values alone exceed the memory, because llama.cpp takes minutes to report that.
 * @throws Failure `missing`
 */
export function refuseContextBeyondMemory(
  gguf: string,
  base: GgufHeader,
  { contextSize, lanes, memoryBytes }: { contextSize: number; lanes: number; memoryBytes: number },
): void {
  const tokens = contextTokens(base, contextSize);
  const bytes = contextBytes(base, tokens, lanes);
  if (bytes === null || bytes <= memoryBytes) return;
  throw new Failure(
    "missing",
    `a context of ${tokens} tokens for ${lanes} rows at once takes ${formatBytes(bytes)}, but the machine has ${formatBytes(memoryBytes)} of memory`,
    { file: gguf, hint: "Use a smaller context, fewer rows at once, or another machine." },
  );
}
