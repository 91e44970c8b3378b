import { ORPCError } from "@orpc/client";
import { failureErrorCode } from "../../shared/contract/failure.ts";
import { Failure, failureDetail } from "../../shared/domain/failure.ts";
import { type FailureDetail, FailureDetailSchema } from "../../shared/schema/failure.ts";
import { withSentNames } from "./localFiles.ts";

/** Returns an error as a failure to show: the host's own failure if it sent one. */
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
  // A failure sent as data, in a stream or a run's journal.
  const sent = FailureDetailSchema.safeParse(error);
  if (sent.success) return sent.data;
  return {
    code: "missing",
    message: "Namewright isn't responding",
    hint: "Namewright may be restarting. Your saved work is safe.",
  };
}
