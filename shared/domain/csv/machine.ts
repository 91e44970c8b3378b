/**
 * The one reading of CSV, unit by unit: RFC 4180, and any of LF, CRLF and CR ends a record outside quotes, a quote
 * inside an unquoted cell is a character, and text after a closing quote belongs to the cell. A unit is a byte of
 * UTF-8 or Latin-1, or a unit of UTF-16.
 */
export const LF = 10;
export const CR = 13;
export const QUOTE = 34;

/** After a LF, or where the text begins. */
export const RECORD_START = 0;
/** After a CR that ended a record; a LF that follows belongs to it. */
const BEHIND_CR = 1;
/** After a delimiter. */
export const CELL_START = 2;
export const UNQUOTED = 3;
export const QUOTED = 4;
/** After a quote in a quoted cell: it closes the cell, or is the first of a doubled one. */
export const BEHIND_QUOTE = 5;

/** The state after a unit. A state up to `CELL_START` means that the unit ended a cell. */
export function step(state: number, unit: number, delimiter: number): number {
  if (state === QUOTED) return unit === QUOTE ? BEHIND_QUOTE : QUOTED;
  if (unit === QUOTE) {
    if (state === UNQUOTED) return UNQUOTED;
    return QUOTED; // It opens a cell, or is the second of a doubled quote.
  }
  if (unit === delimiter) return CELL_START;
  if (unit === LF) return RECORD_START;
  return unit === CR ? BEHIND_CR : UNQUOTED;
}

/** Whether a unit is the first of a record, by the state before it. */
export function beginsRecord(before: number, unit: number): boolean {
  return before === RECORD_START || (before === BEHIND_CR && unit !== LF);
}
