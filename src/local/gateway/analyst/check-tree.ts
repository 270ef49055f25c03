// The second wall: the engine's own parser says what it has understood (EXPLAIN AST parses and runs nothing), and every
// node of that must be harmless too. Whatever the lexer might read differently from the engine would show here.

import { refuse } from './analyst-refusal.ts';
import type { Allowed } from './check-tokens.ts';

const roots =
  /^(SelectWithUnionQuery|ShowTables|ShowColumns|ShowFunctions|ShowIndexes|Explain|DescribeQuery|ShowCreate(Table|View|Database)Query)\b/;

// Nodes that only statements other than reading ones have, and Set, which is SETTINGS.
const refusedNodes =
  /^(Insert|Create|Alter|Drop|Rename|System|Kill|Optimize|Use|Delete|Update|Grant|Backup|ParallelWith|Truncate|Attach|Detach)\w*/;

function nodeName(line: string): string {
  return line.replace(/ \(children \d+\)$/, '').replace(/ \(alias .*$/s, '');
}

function checkFunction(name: string, { functions }: Allowed): void {
  if (!functions.allows(name) && !functions.allowsTable(name)) {
    throw refuse(`the function ${JSON.stringify(name)}`, 'it is not among those that only compute');
  }
}

function checkTable(name: string, { names }: Allowed): void {
  const dot = name.indexOf('.');
  // A name without a database is a table of the current one, or of a WITH.
  if (dot < 0) return;
  if (!names.table(name.slice(0, dot), name.slice(dot + 1))) {
    throw refuse(name, "only the service's tables and a few system tables may be read");
  }
}

function checkNode(line: string, allowed: Allowed, explains: boolean): void {
  const node = nodeName(line.trim());
  if (node.startsWith('Function ')) checkFunction(node.slice('Function '.length), allowed);
  else if (node.startsWith('TableIdentifier ')) checkTable(node.slice('TableIdentifier '.length), allowed);
  else if (refusedNodes.test(node)) throw refuse(node, 'only reading is');
  else if (node === 'Set' && !explains) throw refuse('SETTINGS', 'limits may not be changed by the query');
}

export function checkTree(lines: readonly string[], allowed: Allowed): void {
  const [root] = lines;
  if (root === undefined || !roots.test(root)) throw refuse(JSON.stringify(root ?? ''), 'only reading is');
  // The options of EXPLAIN are a Set node of its own; the tokens have shown that they are the only ones.
  for (const line of lines) checkNode(line, allowed, root.startsWith('Explain'));
}
