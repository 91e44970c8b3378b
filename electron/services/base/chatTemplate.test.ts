import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { findFormat, type Piece } from "../../../shared/domain/chat/chatFormat.ts";
import { renderedPrompt } from "./chatTemplate.ts";

const file = path.resolve(import.meta.dirname, "../../../resources/trainer/tests/chat_templates.json");
const CaseSchema = z.object({
  format: z.string(),
  bos: z.string().nullable(),
  eos: z.string(),
  controls: z.array(z.string()),
  system: z.string().nullable(),
  template: z.string(),
});
const { cases, mistralV1, unknown } = z
  .object({ cases: z.record(z.string(), CaseSchema), mistralV1: z.string(), unknown: z.string() })
  .parse(JSON.parse(readFileSync(file, "utf8")));
const specials = { bos: "<s>", eos: "</s>" };
const textsOf = (pieces: readonly Piece[]) => pieces.map(({ text }) => text);

describe("the chat format of a base", () => {
  test.each(Object.keys(cases))("is found from its template: %s", (name) => {
    const one = cases[name];
    if (one === undefined) throw new Error(name);
    const { bos, eos, controls, system } = one;
    const known = [bos, eos, ...controls];
    const format = findFormat(renderedPrompt(one.template, one), { bos, eos }, (text) =>
      known.includes(text),
    );
    if (typeof format === "string") throw new Error(format);
    expect(format.name).toBe(one.format);
    if (system === null) expect(textsOf(format.before)).not.toContain("system\n");
    else expect(textsOf(format.before)).toContain(system);
  });

  test("is Mistral v1 only where [INST] is plain text", () => {
    const rendered = renderedPrompt(mistralV1, specials);
    const nameWith = (controls: readonly string[]) => {
      const format = findFormat(rendered, specials, (text) => controls.includes(text));
      return typeof format === "string" ? format : format.name;
    };
    expect(nameWith(["<s>", "</s>"])).toBe("mistral-v1");
    expect(nameWith(["<s>", "</s>", "[INST]", "[/INST]"])).toBe("mistral-v3");
    expect(nameWith([])).toBe("its tokenizer has no <s>, </s>, [INST], [/INST]");
  });

  test("is refused in one sentence when it isn't known", () => {
    const said = "its chat template renders none of the known chat formats";
    expect(findFormat(renderedPrompt(unknown, specials), specials, () => true)).toBe(said);
  });
});

describe("a chat template", () => {
  test.each([
    ["that raises", "{{ raise_exception('no') }}"],
    ["that is cut off", "{% for message in messages %}"],
    ["that asks for a large range", "{% for at in range(1000000000) %}{% endfor %}"],
    [
      "that doesn't end",
      `{% set x = 'aaaaaaaaaa' ~ messages[0].content %}${"{% for a in x %}".repeat(12)}${"{% endfor %}".repeat(12)}`,
    ],
  ])("%s renders nothing", (_, template) => {
    expect(renderedPrompt(template, specials)).toBeNull();
  });

  test("takes its fixed date", () => {
    const dated = "{% if strftime_now is defined %}{{ strftime_now('%d') }}{% else %}26 Jul{% endif %}";
    expect(renderedPrompt(dated, specials)).toBe("26 Jul");
  });
});
