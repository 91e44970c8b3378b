import { describe, expect, it } from "vitest";
import { failureReason, pipProgress } from "./pip.mjs";

describe("pipProgress, with lines that pip 23 and uv really printed", () => {
  it.each([
    ["Collecting torch==2.13.0 (from -r requirements.txt (line 3))", "looking up torch"],
    [
      "  Downloading torch-2.13.0-cp311-cp311-manylinux_2_28_x86_64.whl (526.6 MB)",
      "downloading torch (526.6 MB)",
    ],
    ["  Downloading mdurl-0.1.2-py3-none-any.whl.metadata (1.6 kB)", "downloading mdurl (1.6 kB)"],
    ["  Using cached peft-0.21.0-py3-none-any.whl (600 kB)", "using cached peft"],
    ["Installing collected packages: mpmath, sympy, torch", "installing 3 packages"],
    ["Downloading torch (502.3MiB)", "downloading torch (502.3MiB)"],
    ["Resolved 94 packages in 1.20s", "resolved 94 packages"],
    ["Looking in links: /opt/wheels", null],
    ["", null],
  ])("%s", (line, said) => expect(pipProgress(line)).toBe(said));
});

describe("failureReason", () => {
  it("tells the missing network, which pip's last error hides behind 'no version found'", () => {
    const { reason, hint, lastLines } = failureReason([
      "WARNING: Retrying (Retry(total=4, connect=None, read=None, redirect=None, status=None)) after connection broken by 'NewConnectionError('<pip._vendor.urllib3.connection.HTTPSConnection object at 0x7f>: Failed to establish a new connection: [Errno -3] Temporary failure in name resolution')': /simple/torch/",
      "ERROR: Could not find a version that satisfies the requirement torch==2.13.0 (from versions: none)",
      "ERROR: No matching distribution found for torch==2.13.0",
    ]);
    expect(reason).toContain("no network");
    expect(hint).toContain("HTTPS_PROXY");
    expect(lastLines.at(-1)).toBe("ERROR: No matching distribution found for torch==2.13.0");
  });

  it("tells a package without this version from an index that has nothing", () => {
    const none = failureReason([
      "Looking in links: /opt/wheels",
      "ERROR: Could not find a version that satisfies the requirement nosuchpkg==9.9 (from versions: none)",
      "ERROR: No matching distribution found for nosuchpkg==9.9",
    ]);
    expect(none.reason).toContain("couldn't reach the package index");
    expect(none.lastLines).toHaveLength(2);
    const other = failureReason([
      "ERROR: Could not find a version that satisfies the requirement torch==2.13.0 (from versions: 2.9.0, 2.9.1)",
      "ERROR: No matching distribution found for torch==2.13.0",
    ]);
    expect(other.reason).toContain("no build for this Python");
  });

  it("tells a full disk, Debian's Python without venv, and a certificate that is not trusted", () => {
    const full = "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device";
    expect(failureReason([full]).reason).toBe("the disk is full");
    const debian = [
      "The virtual environment was not created successfully because ensurepip is not available.  On Debian/Ubuntu",
      "systems, you need to install the python3-venv package using the following command.",
      "    apt install python3.11-venv",
    ];
    expect(failureReason(debian).hint).toContain("python3-venv");
    const certificate =
      "SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: self-signed certificate in certificate chain'))";
    expect(failureReason([certificate]).hint).toContain("PIP_CERT");
  });

  it("tells an unknown failure in the tool's own last words", () => {
    const { reason, lastLines } = failureReason([
      "building",
      "error: subprocess-exited-with-error",
      "",
      "[notice] x",
    ]);
    expect(reason).toBe("error: subprocess-exited-with-error");
    expect(lastLines).toEqual(["error: subprocess-exited-with-error"]);
    expect(failureReason([]).reason).toBe("it ended without an error message");
  });
});
