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

/** Returns the environment for a child process: the allowlist and the caller's additions. */
export function childEnvironment(added: Record<string, string | undefined> = {}): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const name of passedOn) {
    const value = process.env[name];
    if (value !== undefined) environment[name] = value;
  }
  for (const [name, value] of Object.entries(added)) if (value !== undefined) environment[name] = value;
  return environment;
}
