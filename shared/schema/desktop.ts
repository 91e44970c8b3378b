import { z } from "zod";
import { FailureDetailSchema } from "./failure.ts";

/**
 * Between the desktop's main process and its page. The preload passes both kinds on as messages to the page's own
 * window, with these names as their `type`.
 */
export const desktopChannels = {
  /** From the page: a port to a workspace, please. Its body is the workspace's id. */
  requestPort: "namewright:request-port",
  /** To the page: a `PortAnswer`, with the port. */
  port: "namewright:port",
  /** To the page: a `DesktopCommand`. */
  command: "namewright:command",
} as const;

/** Whose port it is. With a failure no port comes. */
export const PortAnswerSchema = z.object({
  workspaceId: z.string(),
  failure: FailureDetailSchema.optional(),
});
export type PortAnswer = z.infer<typeof PortAnswerSchema>;

/** What was chosen outside the page, in the menu or by a click on a notification, or has happened there. */
export const DesktopCommandSchema = z.discriminatedUnion("kind", [
  /** Shows a place of a workspace, by its path after `/w/<id>/`; without an id, of the one on screen. */
  z.object({ kind: z.literal("show"), place: z.string(), workspaceId: z.string().optional() }),
  z.object({ kind: z.literal("open-workspace"), workspaceId: z.string() }),
  z.object({ kind: z.literal("import"), files: z.array(z.string()).min(1) }),
  z.object({ kind: z.literal("palette") }),
  /** Something already fixed that the user should know about. */
  z.object({ kind: z.literal("notice"), title: z.string(), message: z.string() }),
]);
export type DesktopCommand = z.infer<typeof DesktopCommandSchema>;
