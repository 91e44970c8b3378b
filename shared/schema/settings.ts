import { z } from "zod";
import { JudgeSettingsSchema, TokenPricesSchema } from "./judge.ts";
import { Count } from "./numbers.ts";

/** `system` follows the desktop's own light or dark. */
export const ThemeSchema = z.enum(["system", "light", "dark"]);
export type Theme = z.infer<typeof ThemeSchema>;

/** What the user chooses to compute on: `auto` selects the best available device. */
export const DeviceChoiceSchema = z.enum(["auto", "cpu"]);

const BaseUrlSchema = JudgeSettingsSchema.shape.baseUrl.unwrap();

/** `settings.json` in the user's data folder; null: not set, so that the environment's or our own default counts. */
export const UserSettingsSchema = z.strictObject({
  schemaVersion: z.literal(1).default(1),
  theme: ThemeSchema.default("system"),
  device: DeviceChoiceSchema.nullable().default(null),
  judge: z
    .strictObject({
      baseUrl: BaseUrlSchema.nullable().default(null),
      model: z.string().trim().min(1).max(200).nullable().default(null),
      prices: TokenPricesSchema.nullable().default(null),
    })
    .prefault({}),
});
export type UserSettings = z.infer<typeof UserSettingsSchema>;

/** What is to be changed; a field that is absent stays, null unsets it. */
export const SettingsChangeSchema = z.strictObject({
  theme: ThemeSchema.optional(),
  device: DeviceChoiceSchema.nullable().optional(),
  judge: z
    .strictObject({
      baseUrl: BaseUrlSchema.nullable().optional(),
      model: z.string().trim().min(1).max(200).nullable().optional(),
      prices: TokenPricesSchema.nullable().optional(),
    })
    .optional(),
});
export type SettingsChange = z.infer<typeof SettingsChangeSchema>;

/** Where a value comes from. What is in the environment wins over `.env`, that over the settings. */
const SettingSourceSchema = z.enum(["environment", "dotenv", "settings", "default"]);
export type SettingSource = z.infer<typeof SettingSourceSchema>;

const sourced = <Value extends z.ZodType>(value: Value) =>
  z.strictObject({ value, source: SettingSourceSchema });

export const SecretNameSchema = z.enum(["OPENAI_API_KEY", "HUGGINGFACE_API_TOKEN"]);
export type SecretName = z.infer<typeof SecretNameSchema>;

/** What may be shown of a key: everything but the key. */
const KeyStateSchema = z.strictObject({
  name: SecretNameSchema,
  set: z.boolean(),
  /** `stored`: kept by this program, by the system's key store where there is one. */
  source: z.enum(["environment", "dotenv", "stored"]).nullable(),
  /** The one origin it is sent to; null: not set. */
  origin: z.string().nullable(),
  /** The origin of the service as it is set now. */
  wantedBy: z.string(),
  /** How this host would keep a key; null: it reads the environment and `.env` only. */
  storage: z.enum(["system", "plain-text"]).nullable(),
});
export type KeyState = z.infer<typeof KeyStateSchema>;

/** The settings that count now, and where each comes from. */
export const SettingsSchema = z.strictObject({
  theme: ThemeSchema,
  device: sourced(z.string()),
  judge: z.strictObject({
    baseUrl: sourced(z.string()),
    model: sourced(z.string().nullable()),
    /** `default`: from the table of known models; null: unknown, so costs are not shown. */
    prices: sourced(TokenPricesSchema.nullable()),
  }),
  keys: z.array(KeyStateSchema),
  /** The file they are kept in. */
  file: z.string(),
});
export type Settings = z.infer<typeof SettingsSchema>;

/** Write-only: what goes in here never comes out of the contract again. */
export const KeyChangeSchema = z.strictObject({
  name: SecretNameSchema,
  /** Null forgets it. */
  value: z
    .string()
    .trim()
    .regex(/^[\x21-\x7e]{1,4096}$/, "a key is one word without spaces")
    .nullable(),
  /** The one origin it may be sent to, as `https://api.openai.com`. */
  origin: z.url({ protocol: /^https?$/ }),
});
export type KeyChange = z.infer<typeof KeyChangeSchema>;

/** What one tiny call to the judge's endpoint showed. Times in milliseconds, cost in US dollars. */
export const JudgeTestSchema = z.strictObject({
  outcome: z.enum(["answered", "failed"]),
  baseUrl: z.string(),
  model: z.string().nullable(),
  latencyMs: z.number().nonnegative(),
  usage: z
    .strictObject({
      inputTokens: Count,
      outputTokens: Count,
    })
    .nullable(),
  cost: z.number().nonnegative().nullable(),
  /** In words: what answered, or exactly what went wrong. */
  message: z.string(),
  hint: z.string().nullable(),
});
export type JudgeTest = z.infer<typeof JudgeTestSchema>;
