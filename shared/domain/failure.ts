import type { FailureCode } from "../schema/failure.ts";

/** Where in a file a failure lies; `row` counts data rows from 1. */
export interface FailurePlace {
  readonly file?: string;
  readonly row?: number;
  readonly column?: string;
}

/**
 * A failure we expect and can explain: what happened (`message`), what to do (`hint`) and where.
 * Everything else that is thrown is our own defect.
 */
export class Failure extends Error {
  readonly code: FailureCode;
  readonly hint: string | undefined;
  readonly place: FailurePlace;

  constructor(
    code: FailureCode,
    message: string,
    options: { hint?: string; cause?: unknown } & FailurePlace = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "Failure";
    this.code = code;
    this.hint = options.hint;
    this.place = {
      ...(options.file === undefined ? {} : { file: options.file }),
      ...(options.row === undefined ? {} : { row: options.row }),
      ...(options.column === undefined ? {} : { column: options.column }),
    };
  }
}

/** Closes a switch over a union: a new member is a type error here. */
export function assertNever(value: never): never {
  throw new Error(`unexpected value: ${JSON.stringify(value)}`);
}
