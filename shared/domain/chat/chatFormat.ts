import data from "../../../resources/trainer/namewright_trainer/chat_formats.json" with { type: "json" };
import { Failure } from "../failure.ts";

/** A control token by its text, the tokenizer's own BOS or EOS, or plain text. */
export interface Piece {
  readonly kind: "control" | "special" | "text";
  readonly text: string;
}

/**
 * The pieces around system, user and answer, as the trainer's `chat_format.py` has them. `system` is the system message
 * that the base's template adds by itself, or null.
 */
export interface ChatFormat {
  readonly name: string;
  readonly before: readonly Piece[];
  readonly after: readonly Piece[];
  readonly end: Piece;
  /** Words that a description can't contain, because they are pieces of plain text. */
  readonly reserved: readonly string[];
  /** Whether a tokenizer that adds a space before a text may write it. */
  readonly ignoresSpaces: boolean;
}

/** The texts of a base's BOS and EOS. */
export interface SpecialTexts {
  readonly bos: string | null;
  readonly eos: string | null;
}

type RawPiece = Readonly<Record<string, string>>;
interface RawFormat {
  readonly start: readonly RawPiece[];
  readonly system: readonly (readonly RawPiece[])[] | null;
  readonly user: readonly (readonly RawPiece[])[];
  readonly end: RawPiece;
  readonly reserved: readonly string[];
  readonly ignoresSpaces: boolean;
}

const formats = new Map<string, RawFormat>(Object.entries(data as unknown as Record<string, RawFormat>));

/** The format of a base without a chat template, and of a GGUF file without a format's name. */
export const defaultFormat = "mistral-v3";

/** The user's message when a template is rendered to find its format. */
export const formatMessage = "namewright-message";

function piecesOf(raw: readonly RawPiece[] = []): Piece[] {
  return raw.map((piece) => {
    const [[kind, text] = ["text", ""]] = Object.entries(piece);
    return { kind: kind as Piece["kind"], text };
  });
}

function formatOf(name: string, raw: RawFormat, system: string | null): ChatFormat {
  const message: Piece[] =
    system === null || raw.system === null
      ? []
      : [...piecesOf(raw.system[0]), { kind: "text", text: system }, ...piecesOf(raw.system[1])];
  return {
    name,
    before: [...piecesOf(raw.start), ...message, ...piecesOf(raw.user[0])],
    after: piecesOf(raw.user[1]),
    end: piecesOf([raw.end])[0] ?? { kind: "special", text: "eos" },
    reserved: raw.reserved,
    ignoresSpaces: raw.ignoresSpaces,
  };
}

/** Returns a format by the name in a GGUF file. Throws `Failure` `bad-value` for an unknown name. */
export function chatFormat(name: string, system: string | null): ChatFormat {
  const raw = formats.get(name);
  if (raw === undefined) {
    throw new Failure("bad-value", `the model's chat format ${JSON.stringify(name)} isn't known`, {
      hint: "Convert the base model again, or update Namewright.",
    });
  }
  return formatOf(name, raw, system);
}

/** Returns the texts of the control tokens among a format's pieces. */
function controlTexts({ before, after, end }: ChatFormat): string[] {
  const pieces = [...before, ...after, end].filter(({ kind }) => kind === "control");
  return [...new Set(pieces.map(({ text }) => text))];
}

function match(name: string, raw: RawFormat, rendered: string, specials: SpecialTexts): ChatFormat | null {
  const text = (pieces: readonly RawPiece[] | undefined) =>
    piecesOf(pieces)
      .map((piece) => (piece.kind === "special" ? (specials[piece.text as "bos" | "eos"] ?? "") : piece.text))
      .join("");
  const same = (one: string, other: string) =>
    raw.ignoresSpaces ? one.replaceAll(" ", "") === other.replaceAll(" ", "") : one === other;
  const user = text(raw.user[0]) + formatMessage + text(raw.user[1]);
  if (same(text(raw.start) + user, rendered)) return formatOf(name, raw, null);
  if (raw.system === null) return null;
  const opening = text(raw.start) + text(raw.system[0]);
  const closing = text(raw.system[1]) + user;
  const fits = rendered.startsWith(opening) && rendered.endsWith(closing);
  if (!fits || rendered.length < opening.length + closing.length) return null;
  const system = rendered.slice(opening.length, rendered.length - closing.length);
  const found = formatOf(name, raw, system);
  return controlTexts(found).some((control) => system.includes(control)) ? null : found;
}

/**
 * Returns the format of a base, or why it has none. `rendered` is its chat template rendered for `formatMessage`; null
 * without a template.
 */
export function findFormat(
  rendered: string | null,
  specials: SpecialTexts,
  isControl: (text: string) => boolean,
): ChatFormat | string {
  const found =
    rendered === null
      ? [chatFormat(defaultFormat, null)]
      : [...formats].flatMap(([name, raw]) => match(name, raw, rendered, specials) ?? []);
  const [first] = found;
  if (first === undefined) return "its chat template renders none of the known chat formats";
  const lacking = found.map((format) =>
    [...ownTexts(format, specials), ...controlTexts(format)].filter((text) => !isControl(text)),
  );
  const usable = found[lacking.findIndex((texts) => texts.length === 0)];
  return usable ?? `its tokenizer has no ${lacking[0]?.join(", ")}`;
}

/** Returns the texts of BOS and EOS, where the format has them. */
function ownTexts({ before, end }: ChatFormat, specials: SpecialTexts): string[] {
  const used = [...before, end].filter(({ kind }) => kind === "special").map(({ text }) => text);
  return (["bos", "eos"] as const)
    .filter((name) => used.includes(name))
    .map((name) => specials[name] ?? name.toUpperCase());
}
