import { ORPCError } from "@orpc/client";
import { failureErrorCode } from "../../shared/contract/failure.ts";
import { Failure, failureDetail } from "../../shared/domain/failure.ts";
import { type FailureDetail, FailureDetailSchema } from "../../shared/schema/failure.ts";
import { withSentNames } from "./localFiles.ts";

/** What went wrong, for a person: the host's own failure where it sent one. */
export function failureOf(error: unknown): FailureDetail {
  const { message, file, ...rest } = detailOf(error);
  return {
    ...rest,
    message: withSentNames(message),
    ...(file === undefined ? {} : { file: withSentNames(file) }),
  };
}

function detailOf(error: unknown): FailureDetail {
  if (error instanceof ORPCError && error.code === failureErrorCode) {
    const detail = FailureDetailSchema.safeParse(error.data);
    if (detail.success) return detail.data;
  }
  if (error instanceof ORPCError) return { code: "defect", message: error.message };
  if (error instanceof Failure) return failureDetail(error);
  // A failure that came as data, in a stream or a run's journal.
  const told = FailureDetailSchema.safeParse(error);
  if (told.success) return told.data;
  return {
    code: "missing",
    message: "the host did not answer",
    hint: "It may be starting again; what was saved is safe.",
  };
}
