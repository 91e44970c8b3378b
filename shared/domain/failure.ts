import type { FailureCode, FailureDetail } from "../schema/failure.ts";

/** Where in a file a failure is; `row` counts data rows from 1. */
export interface FailurePlace {
  readonly file?: string | undefined;
  readonly row?: number | undefined;
  readonly column?: string | undefined;
}

/**
 * A failure we expect and can explain: what happened (`message`), what to do (`hint`) and where.
 * Everything else that is thrown is a defect.
 */
export class Failure extends Error {
  readonly code: FailureCode;
  readonly hint: string | undefined;
  readonly place: FailurePlace;

  constructor(
    code: FailureCode,
    message: string,
    options: { hint?: string | undefined; cause?: unknown } & FailurePlace = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "Failure";
    this.code = code;
    this.hint = options.hint;
    const { file, row, column } = options;
    this.place = Object.fromEntries(
      Object.entries({ file, row, column }).filter(([, value]) => value !== undefined),
    );
  }
}

/** The failure as plain data, for a journal or a wire. Anything else is a defect. */
export function failureDetail(error: unknown): FailureDetail {
  if (error instanceof Failure) {
    return {
      code: error.code,
      message: error.message,
      ...(error.hint === undefined ? {} : { hint: error.hint }),
      ...error.place,
    };
  }
  return { code: "defect", message: error instanceof Error ? error.message : String(error) };
}

/** The failure that `failureDetail` wrote down. */
export function failureFrom({ code, message, ...rest }: FailureDetail): Failure {
  return new Failure(code, message, rest);
}

/** Closes a switch over a union: a new member is a type error here. */
export function assertNever(value: never): never {
  throw new Error(`unexpected value: ${JSON.stringify(value)}`);
}
