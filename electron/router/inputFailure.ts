import { z } from "zod";
import { Failure } from "../../shared/domain/failure.ts";

/** What oRPC throws where an input does not fit the contract. */
const RefusedInputSchema = z.object({
  code: z.literal("BAD_REQUEST"),
  data: z.object({
    issues: z.array(
      z.object({
        message: z.string(),
        path: z
          .array(z.union([z.string(), z.number(), z.object({ key: z.union([z.string(), z.number()]) })]))
          .optional(),
      }),
    ),
  }),
});

/** The failure that a refused input means: which value, and what is wrong with it. Any other error as it is. */
export function inputFailure(error: unknown): unknown {
  const refused = error instanceof Error ? RefusedInputSchema.safeParse(error).data : undefined;
  if (refused === undefined) return error;
  const said = refused.data.issues.map(({ message, path = [] }) => {
    const place = path.map((part) => (typeof part === "object" ? part.key : part)).join(".");
    return place === "" ? message : `${place}: ${message}`;
  });
  return new Failure("bad-value", said.join("; "), {
    hint: "Add --help to see what it takes.",
    cause: error,
  });
}
