import { ValidationError } from "@orpc/contract";
import { ORPCError } from "@orpc/server";
import type { z } from "zod";
import { Failure } from "../../shared/domain/failure.ts";
import { issueWords } from "../../shared/domain/issueWords.ts";
import { diskFailure } from "../services/files/diskFailure.ts";
import { systemCode } from "../services/files/primitives.ts";

/** Returns the failure of an input that doesn't match the contract, with the invalid value, or null. */
function inputFailure(error: unknown): Failure | null {
  if (!(error instanceof ORPCError) || error.code !== "BAD_REQUEST") return null;
  if (!(error.cause instanceof ValidationError)) return null;
  const { issues, data } = error.cause;
  // The contract's schemas are all zod's.
  const words = issueWords({ issues: issues as readonly z.core.$ZodIssue[] }, data);
  return new Failure("bad-value", words, { hint: "Add --help to see the valid values.", cause: error });
}

/** Returns the failure of a path that wasn't found or isn't of the expected kind, or null. */
function pathFailure(error: unknown): Failure | null {
  if (!(error instanceof Error)) return null;
  const file = "path" in error && typeof error.path === "string" ? error.path : undefined;
  const place = { file, cause: error };
  switch (systemCode(error)) {
    case "ENOENT":
      return new Failure("missing", `${file ?? "a file"} was not found`, {
        hint: "Check the path. If the workspace was moved, open it at its new location.",
        ...place,
      });
    case "ENOTDIR":
      return new Failure("bad-value", `${file ?? "a path"} contains a file where a folder is expected`, {
        hint: "Check the path.",
        ...place,
      });
    default:
      return diskFailure(error, "read", file ?? "the path");
  }
}

/** Returns the failure that an error from the router means. Returns any other error, which is a defect, unchanged. */
export function borderFailure(error: unknown): unknown {
  return inputFailure(error) ?? pathFailure(error) ?? error;
}
