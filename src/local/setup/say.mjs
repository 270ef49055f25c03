/** Everything the set-up says goes to stderr: stdout belongs to the data of the command that runs after it. */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

export function seconds(sinceMs) {
  return `${((Date.now() - sinceMs) / 1000).toFixed(1)} s`;
}
