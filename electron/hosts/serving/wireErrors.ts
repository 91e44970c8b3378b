import { ORPCError } from "@orpc/server";
import { failureErrorCode } from "../../../shared/contract/failure.ts";
import { Failure, failureDetail } from "../../../shared/domain/failure.ts";
import { borderFailure } from "../../router/borderFailure.ts";
import { withinCallLimit } from "./callLimit.ts";

/** Receives unexpected errors with all details. The renderer only learns that an error occurred. */
export type OnDefect = (error: unknown) => void;

/** Converts an error for the wire: a failure as data, invalid input as a failure, a defect without details. */
export function wireError(thrown: unknown, onDefect: OnDefect): unknown {
  const error = borderFailure(thrown);
  if (error instanceof Failure) {
    return new ORPCError(failureErrorCode, {
      status: error.code === "missing" ? 404 : 400,
      message: error.message,
      data: failureDetail(error),
      cause: error,
    });
  }
  // For example an unknown procedure. oRPC's messages reveal no internals.
  if (thrown instanceof ORPCError && thrown.status < 500) return thrown;
  onDefect(thrown);
  return new ORPCError(failureErrorCode, {
    status: 500,
    message: "an unexpected error occurred",
    data: {
      code: "defect",
      message: "an unexpected error occurred",
      hint: "The log has details. Saved work is safe.",
    },
  });
}

function isIterator(value: unknown): value is AsyncIterator<unknown> & AsyncIterable<unknown> {
  return typeof value === "object" && value !== null && Symbol.asyncIterator in value && "next" in value;
}

/** Returns an interceptor for every procedure of a served router. */
function failuresAsData(onDefect: OnDefect) {
  return async ({ next }: { next: () => Promise<unknown> }): Promise<unknown> => {
    try {
      const output = await next();
      return isIterator(output) ? mapped(output, onDefect) : output;
    } catch (error) {
      throw wireError(error, onDefect);
    }
  };
}

/** Converts errors of a running stream. Values pass through unchanged, with the event id that oRPC adds. */
async function* mapped(stream: AsyncIterable<unknown>, onDefect: OnDefect): AsyncGenerator<unknown> {
  try {
    yield* stream;
  } catch (error) {
    throw wireError(error, onDefect);
  }
}

/** Returns the options of a served router: procedure errors become data, and errors around them reach `onDefect`. */
export function servedOptions(onDefect: OnDefect) {
  return {
    clientInterceptors: [failuresAsData(onDefect), withinCallLimit],
    interceptors: [
      async <Value>({ next }: { next: () => Promise<Value> }): Promise<Value> => {
        try {
          return await next();
        } catch (error) {
          if (!(error instanceof ORPCError)) onDefect(error);
          throw error;
        }
      },
    ],
  };
}
