// What is said to a fresh session before the statement itself: database, limits, settings and parameters. Each request
// has a session of its own, so nothing said here can reach another request.

export type Preamble = {
  database: string;
  settings: Readonly<Record<string, string>>;
  parameters: Readonly<Record<string, string>>;
  tag: string;
};

// The parser refuses statements above this size, and a list of ids in a parameter can be longer.
const defaultMaxQueryBytes = 262_144;
const largePreambleLength = 60_000;

export function quoteText(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

function quoteName(name: string): string {
  return `\`${name.replaceAll('\\', '\\\\').replaceAll('`', '\\`')}\``;
}

/** Statements to run one after the other, most often a single one. */
export function writePreamble({ database, settings, parameters, tag }: Preamble): string[] {
  const assignments = Object.entries({ ...settings, log_comment: tag }).map(
    ([name, value]) => `${name}=${quoteText(value)}`,
  );
  const lines = Object.entries(parameters).map(([name, value]) => `SET param_${name}=${quoteText(value)}`);
  const text = [...lines, `USE ${quoteName(database)}`, `SET ${assignments.join(', ')}`].join('; ');
  if (text.length < largePreambleLength) return [text];
  const lift = `SET max_query_size=${text.length * 4}`;
  return [
    lift,
    `${lines.join('; ')}; SET max_query_size=${defaultMaxQueryBytes}; USE ${quoteName(database)}; SET ${assignments.join(', ')}`,
  ];
}
