import { ValidationError } from "@orpc/contract";
import { ORPCError } from "@orpc/server";
import type { z } from "zod";
import { Failure } from "../../shared/domain/failure.ts";
import { issueWords } from "../../shared/domain/issueWords.ts";

/** The failure that a refused input means: which value, and what is wrong with it. Any other error as it is. */
export function inputFailure(error: unknown): unknown {
  if (!(error instanceof ORPCError) || error.code !== "BAD_REQUEST") return error;
  if (!(error.cause instanceof ValidationError)) return error;
  const { issues, data } = error.cause;
  // The contract's schemas are all zod's.
  const words = issueWords({ issues: issues as readonly z.core.$ZodIssue[] }, data);
  return new Failure("bad-value", words, { hint: "Add --help to see what it takes.", cause: error });
}
