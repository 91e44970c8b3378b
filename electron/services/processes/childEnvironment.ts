/**
 * An allowlist of variables for child processes, so that a trainer doesn't see the judge's key or variables that the
 * user exported for other programs.
 */
const passedOn = [
  "PATH",
  "HOME",
  "USERPROFILE",
  "SYSTEMROOT",
  "WINDIR",
  "TEMP",
  "TMP",
  "TMPDIR",
  "LANG",
  "LC_ALL",
  "LD_LIBRARY_PATH",
  "DYLD_LIBRARY_PATH",
  "CUDA_VISIBLE_DEVICES",
  "CUDA_HOME",
  "PYTORCH_CUDA_ALLOC_CONF",
  "PYTORCH_ALLOC_CONF",
  "PYTORCH_MPS_HIGH_WATERMARK_RATIO",
  "PYTORCH_MPS_LOW_WATERMARK_RATIO",
  // Only from the real environment. A workspace's .env must not name programs.
  "LLAMA_QUANTIZE",
  "HF_HOME",
  "HF_ENDPOINT",
  "HF_HUB_OFFLINE",
  "XDG_CACHE_HOME",
  "HTTPS_PROXY",
  "HTTP_PROXY",
  "NO_PROXY",
  "SSL_CERT_FILE",
  "REQUESTS_CA_BUNDLE",
] as const;

/** Settings of libraries that the user may need. Their keys stay here. */
const passedOnFamilies = /^(?:NCCL|WANDB|MLFLOW)_/;
const secretWords = /KEY|TOKEN|PASSWORD|PASSWD|SECRET|CREDENTIAL|USERNAME|AUTH/;

/** Returns whether a variable goes to child processes. */
function isPassedOn(name: string): boolean {
  const known: readonly string[] = passedOn;
  return known.includes(name) || (passedOnFamilies.test(name) && !secretWords.test(name));
}

/** Returns the environment for a child process: the allowlist and the caller's additions. */
export function childEnvironment(added: Record<string, string | undefined> = {}): Record<string, string> {
  const environment: Record<string, string> = {};
  // Windows spells some names differently, such as Path.
  for (const [name, value] of Object.entries(process.env))
    if (value !== undefined && isPassedOn(name.toUpperCase())) environment[name] = value;
  for (const [name, value] of Object.entries(added)) if (value !== undefined) environment[name] = value;
  return environment;
}
