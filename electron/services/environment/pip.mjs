// Plain JavaScript without packages: setup runs this before anything is installed, on Node 20.

/**
 * Returns the progress that a line of pip or uv reports, in a few words, or null.
 * @param {string} line  as pip ≥ 22 (`--progress-bar off`) or uv prints it
 * @returns {string | null}
 */
export function pipProgress(line) {
  const text = line.trim();
  const download = /^Downloading (?:\S*\/)?([A-Za-z0-9_.]+?)-\d\S*(?: \(([^)]+)\))?/.exec(text);
  if (download) return `downloading ${download[1]}${download[2] ? ` (${download[2]})` : ""}`;
  const uvDownload = /^Downloading (\S+) \(([^)]+)\)$/.exec(text);
  if (uvDownload) return `downloading ${uvDownload[1]} (${uvDownload[2]})`;
  const cached = /^Using cached (?:\S*\/)?([A-Za-z0-9_.]+?)-\d\S*/.exec(text);
  if (cached) return `using cached ${cached[1]}`;
  const collecting = /^Collecting ([A-Za-z0-9_.[\]-]+)/.exec(text);
  if (collecting) return `looking up ${collecting[1]}`;
  const installing = /^Installing collected packages: (.+)$/.exec(text);
  if (installing) return `installing ${(installing[1] ?? "").split(",").length} packages`;
  const prepared = /^(Resolved|Prepared|Installed) (\d+) packages?/.exec(text);
  return prepared ? `${(prepared[1] ?? "").toLowerCase()} ${prepared[2]} packages` : null;
}

/** Known causes of failures with remedies, by messages of pip, uv or the system. The first match is used. */
const remedies = [
  {
    says: /No space left on device|not enough space|OSError: \[Errno 28\]/i,
    reason: "the disk is full",
    hint: "free about 6 GB, or set NAMEWRIGHT_DATA_DIR to a folder on another disk",
  },
  {
    says: /ensurepip is not available|No module named '?(ensurepip|venv)/,
    reason: "this Python can't create an environment: its venv module is missing",
    hint: "on Debian and Ubuntu: apt install python3-venv",
  },
  {
    says: /Temporary failure in name resolution|Name or service not known|getaddrinfo failed|nodename nor servname|Failed to resolve|dns error/i,
    reason: "couldn't find the package index: no network or DNS",
    hint: "check the connection (behind a proxy: HTTPS_PROXY), then run npm run setup again",
  },
  {
    says: /CERTIFICATE_VERIFY_FAILED|certificate verify failed|SSLError|UnknownIssuer/i,
    reason: "the package index's certificate isn't trusted on this machine",
    hint: "set PIP_CERT (and SSL_CERT_FILE) to your company's certificate bundle",
  },
  {
    says: /ProxyError|Cannot connect to proxy|407 Proxy/i,
    reason: "the proxy refused the connection",
    hint: "check HTTPS_PROXY and its password",
  },
  {
    says: /Connection refused|Connection reset|ReadTimeoutError|ConnectTimeoutError|timed out|Network is unreachable/i,
    reason: "the package index isn't responding",
    hint: "check the connection, then run npm run setup again; completed downloads are kept",
  },
  {
    says: /THESE PACKAGES DO NOT MATCH THE HASHES/,
    reason: "a download is corrupt",
    hint: "clear the cache with pip cache purge, then run npm run setup again",
  },
  {
    says: /PermissionError|Permission denied|EACCES/,
    reason: "permission denied for the folder",
    hint: "check the folder's owner, or set NAMEWRIGHT_DATA_DIR to a folder you can write to",
  },
  {
    // With retries off, this is all that pip prints for an unreachable index.
    says: /\(from versions: none\)/,
    reason: "couldn't reach the package index, or it has no packages for this Python",
    hint: "check the connection (HTTPS_PROXY, PIP_INDEX_URL) and that Python is 64-bit, 3.10 to 3.14",
  },
  {
    says: /No matching distribution found|Could not find a version that satisfies|no wheels with a matching|No solution found/i,
    reason: "a package has no build for this Python and machine",
    hint: "use a 64-bit Python, 3.10 to 3.14 (NAMEWRIGHT_PYTHON=/path/to/python)",
  },
];

/** Lines that never explain a failure. */
const noise =
  /^\s*$|^\[notice\]|^WARNING: (Retrying|You are using pip|There was an error checking)|^note: This|^hint: See above|^Looking in/;

/**
 * Returns the known cause of an installation that failed in pip, uv or npm, or null. Checks all lines: warnings about
 * retries show the true cause (no DNS), while the last error only says "no version found".
 * @param {string[]} lines
 * @returns {{reason: string, hint: string} | null}
 */
export function knownCause(lines) {
  const all = lines.join("\n");
  const known = remedies.find(({ says }) => says.test(all));
  return known ? { reason: known.reason, hint: known.hint } : null;
}

/**
 * Returns the reason of a failed build: the known cause and pip's own last lines, which are never hidden.
 * @param {string[]} lines  everything printed, stdout and stderr together
 * @returns {{reason: string, hint: string, lastLines: string[]}} lastLines: at most 6
 */
export function failureReason(lines) {
  const told = lines.filter((line) => !noise.test(line)).map((line) => line.trimEnd());
  const errors = told.filter((line) => /error|failed|cannot|could not|no module|\[Errno/i.test(line));
  const lastLines = [...new Set(errors.length > 0 ? errors : told)].slice(-6);
  const known = knownCause(lines);
  return {
    reason: known?.reason ?? lastLines.at(-1)?.trim() ?? "it ended without an error message",
    hint: known?.hint ?? "check the output above, then run npm run setup again; it reuses pip's cache",
    lastLines,
  };
}
