import { notifications } from "@mantine/notifications";
import { sentenceCase } from "../../shared/domain/format/sentence.ts";
import { failureOf } from "../api/index.ts";

/** Says briefly what happened. */
export function notice(message: string, title?: string): void {
  notifications.show({ message, ...(title === undefined ? {} : { title }) });
}

/** Says what failed and what to do. */
export function noticeFailure(error: unknown, title = "That did not work"): void {
  const { message, hint } = failureOf(error);
  notifications.show({
    title,
    color: "orange",
    message: hint === undefined ? sentenceCase(message) : `${sentenceCase(message)}. ${sentenceCase(hint)}`,
    autoClose: 10_000,
    role: "alert",
  });
}
