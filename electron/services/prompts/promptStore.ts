import path from "node:path";
import { Failure } from "../../../shared/domain/failure.ts";
import {
  isBuiltIn,
  normalizePrompt,
  type PromptTemplate,
  readTemplate,
} from "../../../shared/domain/prompt/template.ts";
import {
  builtInPrompts,
  longestPrompt,
  type PromptDocument,
  type PromptEntry,
  PromptNameSchema,
  type SavePrompt,
} from "../../../shared/schema/prompt.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { isAbsent } from "../files/primitives.ts";
import { sha256 } from "../hashing/hashing.ts";
import type { Platform } from "../platform.ts";
import { assertWritable, type Workspace } from "../workspace/workspace.ts";

/** Where prompts are read from. */
export interface PromptPlace {
  readonly platform: Pick<Platform, "paths">;
  readonly files: FileLayer;
  readonly workspace: Workspace;
}

/** A prompt that can be used. `hash` identifies its normalized text. */
export interface Prompt {
  readonly name: string;
  readonly template: PromptTemplate;
  readonly hash: string;
}

/** More than the characters of the longest prompt take in UTF-8. */
const mostBytes = 4 * longestPrompt;

const ending = ".txt";

function fileOf({ workspace }: PromptPlace, name: string): string {
  return path.join(workspace.paths.prompts, `${name}${ending}`);
}

/** Reads a file of the workspace; null when it doesn't exist. */
async function readOwn({ files }: PromptPlace, file: string): Promise<Uint8Array | null> {
  const bytes = await files.readPart(file, 0, mostBytes + 1).catch((error: unknown) => {
    if (isAbsent(error)) return null;
    throw error;
  });
  if (bytes === null || bytes.length <= mostBytes) return bytes;
  throw new Failure("bad-value", `${file} is larger than a prompt can be`, {
    file,
    hint: `Shorten it to at most ${longestPrompt} characters.`,
  });
}

function textOf(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new Failure("bad-value", `${file} isn't UTF-8 text`, { file, hint: "Save it as UTF-8.", cause });
  }
}

/** A prompt's text as it is, which may be invalid. */
interface RawPrompt {
  readonly file: string;
  readonly text: string;
  readonly source: PromptEntry["source"];
  readonly revision: string | null;
}

/** Reads a prompt's file, else the built-in text. @throws Failure `missing` when there is neither */
async function readRaw(place: PromptPlace, name: string): Promise<RawPrompt> {
  const file = fileOf(place, name);
  const isValid = PromptNameSchema.safeParse(name).success;
  const own = isValid ? await readOwn(place, file) : null;
  if (own !== null) return { file, text: textOf(own, file), source: "workspace", revision: sha256(own) };
  if (!isBuiltIn(name)) {
    const names = (await promptNames(place)).join(", ");
    throw new Failure(
      "missing",
      `no prompt ${JSON.stringify(name)} (available: ${names})`,
      isValid
        ? { file, hint: `Create ${file} with a text that contains {description}.` }
        : { hint: "A prompt's name has up to 50 characters a–z, 0–9, hyphen and underscore." },
    );
  }
  const builtIn = path.join(place.platform.paths.resources, "prompts", `${name}${ending}`);
  return { file, text: await place.files.readText(builtIn), source: "built-in", revision: null };
}

/** Returns the names of all prompts, the built-in ones first. */
async function promptNames({ files, workspace }: PromptPlace): Promise<string[]> {
  const folder = workspace.paths.prompts;
  const found = (await files.exists(folder)) ? await files.list(folder) : [];
  const own = found.flatMap((file) => {
    const name = file.endsWith(ending) ? file.slice(0, -ending.length) : "";
    return PromptNameSchema.safeParse(name).success && !isBuiltIn(name) ? [name] : [];
  });
  return [...builtInPrompts, ...own.sort()];
}

/**
 * Opens a prompt of the workspace, else the built-in one of that name.
 * @throws Failure `missing` when there is neither, `bad-value` that names file and line when the text is invalid
 */
export async function openPrompt(place: PromptPlace, name: string): Promise<Prompt> {
  const { text, file } = await readRaw(place, name);
  const template = readTemplate(text, file);
  return { name, template, hash: sha256(template.text) };
}

/** Returns the hash of a prompt's text and why the text can't be used. */
function checked(text: string, file: string): Pick<PromptEntry, "hash" | "problem"> {
  try {
    return { hash: sha256(readTemplate(text, file).text), problem: null };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { hash: null, problem: error.message };
  }
}

/** Opens a prompt for editing. An invalid text is returned with its problem. */
export async function openPromptDocument(place: PromptPlace, name: string): Promise<PromptDocument> {
  const { file, text, source, revision } = await readRaw(place, name);
  return { name, source, file, revision, text: normalizePrompt(text), ...checked(text, file) };
}

/** Lists the prompts with their problems. */
export async function listPrompts(place: PromptPlace): Promise<PromptEntry[]> {
  const names = await promptNames(place);
  return Promise.all(
    names.map(async (name): Promise<PromptEntry> => {
      try {
        const { source, hash, problem } = await openPromptDocument(place, name);
        return { name, source, hash, problem };
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        return { name, source: "workspace", hash: null, problem: error.message };
      }
    }),
  );
}

function conflict(file: string, { name, baseRevision }: SavePrompt): Failure {
  if (baseRevision === null) {
    return new Failure("bad-value", `conflict: the prompt ${name} already exists in ${file}`, {
      file,
      hint: "Nothing was overwritten. Save under another name, or copy your text, reload that prompt and apply your change there.",
    });
  }
  return new Failure("bad-value", `conflict: ${file} changed after you opened it`, {
    file,
    hint: "Nothing was overwritten. Copy your text, reload the prompt and apply your change again.",
  });
}

/**
 * Saves a prompt into the workspace.
 * @throws Failure `bad-value` for an invalid text, and when the file isn't the one that was edited
 */
export async function savePrompt(place: PromptPlace, edit: SavePrompt): Promise<PromptDocument> {
  const { files, workspace } = place;
  assertWritable(workspace);
  const file = fileOf(place, edit.name);
  const { text } = readTemplate(edit.text, file);
  await workspace.writing(`save the prompt ${edit.name}`, async () => {
    const refuseOther = async () => {
      const now = await readOwn(place, file);
      if ((now === null ? null : sha256(now)) !== edit.baseRevision) throw conflict(file, edit);
    };
    await files.writeAtomic(file, `${text}\n`, { beforeRename: refuseOther });
  });
  return openPromptDocument(place, edit.name);
}
