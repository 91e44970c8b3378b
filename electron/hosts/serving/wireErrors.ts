import { ORPCError } from "@orpc/server";
import { failureErrorCode } from "../../../shared/contract/failure.ts";
import { Failure, failureDetail } from "../../../shared/domain/failure.ts";
import { borderFailure } from "../../router/borderFailure.ts";
import { withinCallLimit } from "./callLimit.ts";

/** Told of what we did not expect, with all its detail; the renderer only hears that it happened. */
export type OnDefect = (error: unknown) => void;

/** The error as it crosses the wire: a failure as data, a wrong input as a failure, a defect without its insides. */
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
  // An unknown procedure and the like: oRPC's own words say nothing of our insides.
  if (thrown instanceof ORPCError && thrown.status < 500) return thrown;
  onDefect(thrown);
  return new ORPCError(failureErrorCode, {
    status: 500,
    message: "something went wrong inside the program",
    data: {
      code: "defect",
      message: "something went wrong inside the program",
      hint: "Its log says more; the work on disk is safe.",
    },
  });
}

function isIterator(value: unknown): value is AsyncIterator<unknown> & AsyncIterable<unknown> {
  return typeof value === "object" && value !== null && Symbol.asyncIterator in value && "next" in value;
}

/** An interceptor for every procedure of a served router. */
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

/** A stream may fail after it has begun. Values pass through as they are, with the event id that oRPC puts on them. */
async function* mapped(stream: AsyncIterable<unknown>, onDefect: OnDefect): AsyncGenerator<unknown> {
  try {
    yield* stream;
  } catch (error) {
    throw wireError(error, onDefect);
  }
}

/** Both ends of a served router: its procedures' errors as data, and a word to us of what fails around them. */
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
