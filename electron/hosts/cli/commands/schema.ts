import { z } from "zod";
import { Failure } from "../../../../shared/domain/failure.ts";
import { commandSchemas } from "../../../../shared/schema/commands.ts";
import type { Handler } from "../handler.ts";

export const schema: Handler = async (context, { arguments: words }) => {
  const name = words.join(" ");
  const names = Object.keys(commandSchemas);
  if (name === "") {
    context.print({ commands: names }, () => names.join("\n"));
    return 0;
  }
  const found = Object.entries(commandSchemas).find(([known]) => known === name);
  if (found === undefined) {
    throw new Failure("usage", `no JSON Schema for ${JSON.stringify(name)}`, {
      hint: "`namewright schema` lists the commands that have a JSON Schema.",
    });
  }
  const document = z.toJSONSchema(found[1]);
  context.print(document, () => JSON.stringify(document, null, 2));
  return 0;
};
