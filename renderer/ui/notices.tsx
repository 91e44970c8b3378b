import { notifications } from "@mantine/notifications";
import { failureOf } from "../api/index.ts";
import { sentence } from "./sentence.ts";

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
    message: hint === undefined ? sentence(message) : `${sentence(message)}. ${sentence(hint)}`,
    autoClose: 10_000,
    role: "alert",
  });
}
