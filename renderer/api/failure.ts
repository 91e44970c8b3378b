import { ORPCError } from "@orpc/client";
import { failureErrorCode } from "../../shared/contract/index.ts";
import { type FailureDetail, FailureDetailSchema } from "../../shared/schema/failure.ts";

/** What went wrong, for a person: the host's own failure where it sent one. */
export function failureOf(error: unknown): FailureDetail {
  if (error instanceof ORPCError && error.code === failureErrorCode) {
    const detail = FailureDetailSchema.safeParse(error.data);
    if (detail.success) return detail.data;
  }
  if (error instanceof ORPCError) return { code: "defect", message: error.message };
  return {
    code: "missing",
    message: "the host did not answer",
    hint: "It may be starting again; what was saved is safe.",
  };
}
