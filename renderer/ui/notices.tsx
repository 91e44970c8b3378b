import { notifications } from "@mantine/notifications";
import { sentenceCase } from "../../shared/domain/format/sentence.ts";
import { failureOf } from "../api/index.ts";
import { messages } from "./messages.ts";

/** Shows a notification. */
export function notice(message: string, title?: string): void {
  notifications.show({ message, ...(title === undefined ? {} : { title }) });
}

/** Shows a notification of a failure with its remedy. */
export function noticeFailure(error: unknown, title: string = messages.failure.failed): void {
  const { message, hint } = failureOf(error);
  notifications.show({
    title,
    color: "orange",
    message: hint === undefined ? sentenceCase(message) : `${sentenceCase(message)}. ${sentenceCase(hint)}`,
    autoClose: 10_000,
    role: "alert",
  });
}
