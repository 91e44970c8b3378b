/** Removes keys from a text that is kept, shown or logged. */
export type Redact = (text: string) => string;

const redacted = "[redacted]";

/** A shorter "key" is a placeholder for a server without keys: removing it would garble ordinary text. */
const shortestKey = 8;

/** A backslash may itself be escaped, once per level of nested JSON. */
const backslashes = "\\\\{0,8}";

const literal = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");

/** One character as it is, or escaped as JSON, a URL or HTML escapes it, at any depth of nesting. */
function characterPattern(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  const plain = /[a-z0-9]/i.test(character) ? character : `${backslashes}${literal(character)}`;
  return `(?:${plain}|\\\\{1,8}u${hex.padStart(4, "0")}|%(?:25){0,3}${hex.padStart(2, "0")}|&#(?:x0{0,4}${hex}|0{0,4}${code});)`;
}

/** The part of a Base64 text that is the same whatever surrounds the key, for each of the three alignments. */
function base64Patterns(key: string): string[] {
  const bytes = Buffer.from(key);
  return [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes])
      .toString("base64")
      .replace(/=+$/, "");
    const first = [0, 2, 3][before];
    const last = (before + bytes.length) % 3 === 0 ? undefined : -1;
    const characters = [...text.slice(first, last)];
    return characters.map((one) => (one === "+" ? "[-+]" : one === "/" ? "\\\\{0,8}[/_]" : one)).join("");
  });
}

/** `Bearer` and something like a token after it: long, or with a digit. Prose such as "bearer bonds" is left alone. */
const bearer =
  /\bbearer(?:\s|\+|%(?:25){0,3}20|\\{1,8}[nrtu0-9]{1,5}){1,8}(?:[\w.~+/=%-]{20,}|(?=[\w.~+/=%-]{0,19}\d)[\w.~+/=%-]{8,})/gi;

/**
 * Makes the redaction for a key: removes its value, also where it is escaped or in Base64, and any `Bearer` token.
 *
 * @param key null where none is sent
 */
export function redactionOf(key: string | null): Redact {
  const ofBearer: Redact = (text) => text.replace(bearer, `Bearer ${redacted}`);
  if (key === null || key.length < shortestKey) return ofBearer;
  const escaped = new RegExp([...key].map(characterPattern).join(""), "gi");
  const encoded = new RegExp(base64Patterns(key).join("|"), "g");
  return (text) => ofBearer(text.replace(escaped, redacted).replace(encoded, redacted));
}
