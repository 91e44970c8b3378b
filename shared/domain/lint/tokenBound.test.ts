import { expect, it } from "vitest";
import { chatFormat } from "../chat/chatFormat.ts";
import { aroundByDefault, mostPromptTokens, mostTokensAround } from "./tokenBound.ts";

it("counts a control token as one and plain text by its bytes", () => {
  expect(aroundByDefault).toBe(3);
  // <|im_start|> "user\n" … <|im_end|> "\n" <|im_start|> "assistant\n"; each text may have a dummy prefix.
  expect(mostTokensAround(chatFormat("chatml", null))).toBe(3 + (1 + 5) + (1 + 1) + (1 + 10));
  const system =
    mostTokensAround(chatFormat("chatml", "Be brief.")) - mostTokensAround(chatFormat("chatml", null));
  expect(system).toBe(2 + (1 + 7) + (1 + 9) + (1 + 1));
  expect(mostPromptTokens("é", 3)).toBe(3 + 1 + 2);
});
