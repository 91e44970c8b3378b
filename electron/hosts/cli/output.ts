import { randomUUID } from "node:crypto";
import { styleText } from "node:util";
import { Failure, failureDetail } from "../../../shared/domain/failure.ts";
import { exitCodeOf, type FailureReport } from "../../../shared/schema/failure.ts";

type Style = Parameters<typeof styleText>[0];

/** Returns whether to use color: only on a terminal, and not if NO_COLOR is set (no-color.org: any non-empty value). */
export function colourOn(stream: NodeJS.WriteStream): boolean {
  return stream.isTTY === true && !process.env.NO_COLOR && process.env.TERM !== "dumb";
}

/** Marks where our own styles begin and end in text that is not written yet. Random in each process, so no file can contain it. */
const styleMark = `[style ${randomUUID()} `;
const styleBegin = "\u001b[";

/** Styles text if the stream shows color. Only `written` turns the marks into control sequences. */
export function styled(style: Style, text: string, stream: NodeJS.WriteStream = process.stdout): string {
  if (!colourOn(stream)) return text;
  return styleText(style, escaped(text), { validateStream: false }).replaceAll(styleBegin, styleMark);
}

/** Characters that move the cursor, color the screen or change the text direction, except line ends and tabs. */
const control = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

function escaped(text: string): string {
  return text.replace(control, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/**
 * Returns text as it is written to a terminal. Our own styles apply. Every other control character is escaped, because
 * names, descriptions and messages can contain any text. JSON keeps its meaning.
 */
export function written(text: string): string {
  return text.replaceAll("\r\n", "\n").split(styleMark).map(escaped).join(styleBegin);
}

export interface Column<Row> {
  readonly title: string;
  readonly value: (row: Row) => string;
  readonly align?: "right";
}

/** Returns the width of text in terminal cells: 0 for combining marks, 2 for East Asian wide characters and emoji. */
function cellWidth(text: string): number {
  let width = 0;
  for (const character of text) {
    if (/\p{Mn}|\p{Me}|\u200d|[\ufe00-\ufe0f]/u.test(character)) continue;
    width +=
      /\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]/u.test(
        character,
      )
        ? 2
        : 1;
  }
  return width;
}

/** Returns text for use within one line: line ends and tabs become spaces, control characters are escaped. */
export function singleLine(text: string): string {
  return escaped(text.replace(/[\n\t]/g, " "));
}

/** Cuts text to a width in cells, with an ellipsis. */
export function truncate(text: string, width: number): string {
  if (cellWidth(text) <= width) return text;
  let kept = "";
  for (const character of text) {
    if (cellWidth(kept) + cellWidth(character) > width - 1) break;
    kept += character;
  }
  return `${kept}…`;
}

/** Formats a plain table with aligned columns. */
export function table<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string {
  const cells = rows.map((row) => columns.map(({ value }) => singleLine(value(row))));
  const widths = columns.map(({ title }, at) =>
    Math.max(cellWidth(title), ...cells.map((row) => cellWidth(row[at] ?? ""))),
  );
  const line = (values: readonly string[]) =>
    values
      .map((value, at) => {
        const gap = " ".repeat(Math.max(0, (widths[at] ?? 0) - cellWidth(value)));
        return columns[at]?.align === "right" ? gap + value : value + gap;
      })
      .join("  ")
      .trimEnd();
  const head = styled("dim", line(columns.map(({ title }) => title)));
  return [head, ...cells.map(line)].join("\n");
}

/** Returns the failure as `--json` prints it. */
function failureReport(error: unknown, logFile: string): FailureReport {
  const detail = failureDetail(error);
  const hint =
    error instanceof Failure
      ? "`namewright --help` lists all commands."
      : `This is a defect in Namewright. Please report it and attach the log at ${logFile}.`;
  return { error: { ...detail, hint: detail.hint ?? hint } };
}

/** Prints a failure and returns the exit code. */
export function reportFailure(error: unknown, json: boolean, logFile: string): number {
  const report = failureReport(error, logFile);
  const { code, message, hint, file, row, column } = report.error;
  if (json) {
    process.stdout.write(written(`${JSON.stringify(report)}\n`));
    return exitCodeOf[code];
  }
  const place = [
    file,
    row === undefined ? undefined : `row ${row}`,
    column === undefined ? undefined : `column ${column}`,
  ]
    .filter((part) => part !== undefined && !message.includes(String(part)))
    .join(", ");
  const where = place === "" ? "" : `${singleLine(place)}: `;
  process.stderr.write(
    written(`${styled("red", "error", process.stderr)}: ${where}${singleLine(message)}\n`),
  );
  process.stderr.write(`  ${singleLine(hint)}\n`);
  return exitCodeOf[code];
}
