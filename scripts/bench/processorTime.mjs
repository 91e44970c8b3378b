// Preloaded into a measured child. Writes the main thread's processor time, in milliseconds, as the last line of standard
// error. Unlike wall time, it is independent of other work on the machine.
process.on("exit", () => {
  const used = process.threadCpuUsage?.();
  if (used !== undefined) process.stderr.write(`\n${(used.user + used.system) / 1000}\n`);
});
