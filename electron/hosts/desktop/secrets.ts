import { z } from "zod";
import { Failure } from "../../../shared/domain/failure.ts";
import { SerialQueue } from "../../services/async/serialQueue.ts";
import type { FileLayer } from "../../services/files/fileLayer.ts";
import type { BoundSecret, SecretName, SecretStorage, Secrets } from "../../services/platform.ts";
import type { ElectronApi } from "./electronApi.ts";

/** The file on disk: the encrypted secret per name, as base64. */
const KeptSchema = z.partialRecord(z.enum(["OPENAI_API_KEY", "HUGGINGFACE_API_TOKEN"]), z.base64());
type Kept = z.infer<typeof KeptSchema>;

const BoundSecretSchema = z.strictObject({ value: z.string().min(1), origin: z.url() });

/**
 * Creates the storage of keys, encrypted on disk with the system's key store and readable only by this user. Call it
 * after Electron is ready, because the key store is unknown before.
 */
export function keptSecrets({
  safeStorage,
  files,
  file,
  platform,
  otherwise,
}: {
  safeStorage: ElectronApi["safeStorage"];
  files: FileLayer;
  file: string;
  platform: NodeJS.Platform;
  /** Returns the key of the environment, for a key that was not set here. */
  otherwise(name: SecretName): string | null;
}): Required<Secrets> {
  // On Linux without a key ring, Electron "encrypts" with a password from its sources, and only if allowed to.
  const plain = platform === "linux" && safeStorage.getSelectedStorageBackend() === "basic_text";
  if (plain) safeStorage.setUsePlainTextEncryption(true);
  const changes = new SerialQueue();

  async function read(): Promise<Kept> {
    if (!(await files.exists(file))) return {};
    try {
      return KeptSchema.parse(JSON.parse(await files.readText(file)));
    } catch (cause) {
      throw new Failure("bad-value", "couldn't read the file of stored keys", {
        hint: "Delete the file and set the keys again in Settings.",
        file,
        cause,
      });
    }
  }

  async function bound(name: SecretName): Promise<BoundSecret | null> {
    const encrypted = (await read())[name];
    if (encrypted === undefined) return null;
    try {
      const { result } = await safeStorage.decryptStringAsync(Buffer.from(encrypted, "base64"));
      return BoundSecretSchema.parse(JSON.parse(result));
    } catch {
      // No cause: a parser's message may quote the secret.
      throw new Failure("bad-value", `couldn't decrypt the stored key ${name} on this machine`, {
        hint: "The system's key store changed. Set the key again in Settings.",
      });
    }
  }

  /** Applies changes one after the other. */
  function change(by: (kept: Kept) => Promise<Kept>): Promise<void> {
    return changes.run(async () => {
      const text = `${JSON.stringify(await by(await read()), null, 2)}\n`;
      await files.writeAtomic(file, text, { mode: 0o600 });
    });
  }

  return {
    get: async (name) => (await bound(name))?.value ?? otherwise(name),
    bound,
    async set(name, secret) {
      if (secret === null) {
        return change(async ({ [name]: _forgotten, ...rest }) => rest);
      }
      if (!(await safeStorage.isAsyncEncryptionAvailable())) throw noKeyStore();
      const text = JSON.stringify(BoundSecretSchema.parse(secret));
      const encrypted = (await safeStorage.encryptStringAsync(text)).toString("base64");
      return change(async (kept) => ({ ...kept, [name]: encrypted }));
    },
    storage: async (): Promise<SecretStorage> => (plain ? "plain-text" : "system"),
  };
}

function noKeyStore(): Failure {
  return new Failure("missing", "couldn't reach the system's key store: the key was not saved", {
    hint: "Unlock the key store, or set OPENAI_API_KEY in the environment of Namewright.",
  });
}
