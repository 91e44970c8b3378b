import { Failure } from "../../../../shared/domain/failure.ts";
import type { Handler } from "../handler.ts";
import { studyText } from "../studyText.ts";

export const study: Handler = async (context, { arguments: given }) => {
  const [baseline, candidate] = given;
  const client = await context.client("any");
  if (baseline === undefined) {
    const reading = await client.study.read({});
    context.print(reading, () => studyText(reading));
    return 0;
  }
  if (candidate === undefined || given.length > 2)
    throw new Failure("usage", `expected no file or two files, not ${given.length}`, {
      hint: "`namewright study V1.csv V2.csv` reads the results of v1 and of v2, in this order.",
    });
  const reading = await client.study.read({ files: { baseline, candidate } });
  context.print(reading, () => studyText(reading));
  return 0;
};
