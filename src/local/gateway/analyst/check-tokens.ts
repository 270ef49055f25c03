// The first wall before the analyst: one reading statement, judged on its tokens. Returns the statement written anew from
// the tokens that were judged (comments gone, heredocs as plain strings), so that the engine reads what was checked.
import { isMeaningful, isWord, lexSql, type Token } from '../sql/lex-sql.ts';
import type { AllowedFunctions } from './allowed-functions.ts';
import { isKeyword } from './allowed-functions.ts';
import type { AllowedNames } from './allowed-names.ts';
import { refuse } from './analyst-refusal.ts';
import { checkBeginning } from './check-beginning.ts';

export type Allowed = { functions: AllowedFunctions; names: AllowedNames };

/** A name in quotes that reads the same whatever the rules for escapes. */
function isPlainQuoted({ text }: Token): boolean {
  const inner = text.slice(1, -1);
  return !inner.includes('\\') && !inner.includes(text[0] ?? '') && !/\p{Cc}/u.test(inner);
}

function unquote(token: Token): string {
  return token.kind === 'quoted' ? token.text.slice(1, -1) : token.text;
}

function isName(token: Token | undefined): token is Token {
  return token?.kind === 'word' || token?.kind === 'quoted';
}

function checkLexical(token: Token): void {
  const start = JSON.stringify(token.text.slice(0, 40));
  if (token.kind === 'invalid') throw refuse(`the text ${start}`, 'it cannot be read without doubt');
  if (token.kind === 'quoted' && !isPlainQuoted(token)) {
    throw refuse(`the name ${start}`, 'names may not hold escapes, quotes or control characters');
  }
  if (token.text.includes('\0')) throw refuse('a zero byte', 'it could end the text early');
}

const refusedWords: Readonly<Record<string, string>> = {
  SETTINGS: 'limits may not be changed by the query',
  INTO: 'results go to the client only',
  OUTFILE: 'results go to the client only',
  INFILE: 'files may not be read',
};

function checkWord(token: Token, previous: Token | undefined, next: Token | undefined): void {
  const why = refusedWords[token.text.toUpperCase()];
  // `system.settings` is a table; a column of this name can be quoted.
  if (why !== undefined && previous?.text !== '.') throw refuse(token.text.toUpperCase(), why);
  if (isWord(token, 'PARALLEL') && isWord(next, 'WITH')) throw refuse('PARALLEL WITH', 'one statement at a time');
}

function checkCall(name: Token, previous: Token | undefined, { functions }: Allowed): void {
  const text = unquote(name);
  const asTable = isWord(previous, 'FROM', 'JOIN', 'TABLE', 'DESCRIBE', 'DESC');
  if (name.kind === 'word' && isKeyword(text) && !asTable) return;
  if (name.kind === 'word' && isKeyword(text) && /^(SELECT|WITH|FROM|TABLE)$/i.test(text)) return;
  if (asTable ? functions.allowsTable(text) : functions.allows(text) || functions.allowsTable(text)) return;
  throw refuse(
    `${asTable ? 'the table function' : 'the function'} ${JSON.stringify(text)}`,
    'it is not among those that only compute',
  );
}

// `APPLY name` calls a function without brackets after it.
function checkApply(tokens: readonly Token[], at: number, { functions }: Allowed): void {
  if (!isWord(tokens[at], 'APPLY')) return;
  const called = tokens[at + 1]?.text === '(' ? tokens[at + 2] : tokens[at + 1];
  if (!isName(called) || tokens[at + 1]?.kind === 'quoted') return;
  if (tokens[at + 3]?.text !== '->' && !functions.allows(unquote(called))) {
    throw refuse(`the function ${JSON.stringify(unquote(called))}`, 'it is not among those that only compute');
  }
}

function checkQualified(tokens: readonly Token[], at: number, { names }: Allowed): void {
  const [before, qualifier, dot, name] = [tokens[at - 1], tokens[at], tokens[at + 1], tokens[at + 2]];
  if (!isName(qualifier) || dot?.text !== '.' || before?.text === '.') return;
  const database = unquote(qualifier);
  // Only these two can lead out of the service's own tables: one shows the server, in the other a table's name opens a file.
  if (!/^(system|default)$/i.test(database)) return;
  const table = name === undefined ? '' : unquote(name);
  if (!names.table(database, table))
    throw refuse(`${database}.${table}`, "only the service's tables and a few system tables may be read");
}

function checkParameter(tokens: readonly Token[], at: number): void {
  if (tokens[at]?.text !== '{') return;
  const close = tokens.findIndex((token, index) => index > at && token.text === '}');
  const inside = tokens.slice(at + 1, close < 0 ? undefined : close);
  if (inside.some((token) => isWord(token, 'IDENTIFIER')))
    throw refuse('a parameter of type Identifier', 'names must be written in the query');
}

function checkAt(tokens: readonly Token[], at: number, allowed: Allowed): void {
  const token = tokens[at];
  const previous = tokens[at - 1];
  const next = tokens[at + 1];
  if (token === undefined) return;
  checkLexical(token);
  if (token.kind === 'word') checkWord(token, previous, next);
  if (isName(token) && next?.text === '(') checkCall(token, previous, allowed);
  checkApply(tokens, at, allowed);
  checkQualified(tokens, at, allowed);
  checkParameter(tokens, at);
}

function heredocAsString(text: string): string {
  const inner = text.slice(text.indexOf('$', 1) + 1, text.lastIndexOf('$', text.length - 2));
  return `'${inner.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

function rewrite(token: Token): string {
  if (token.kind === 'comment' || token.kind === 'space') return ' ';
  return token.kind === 'heredoc' ? heredocAsString(token.text) : token.text;
}

/** Drops what stands after the last meaningful token, a closing semicolon included. */
function trimEnd(tokens: readonly Token[]): Token[] {
  const last = tokens.findLastIndex((token) => isMeaningful(token) && token.text !== ';');
  return tokens.slice(0, last + 1);
}

export function checkTokens(text: string, allowed: Allowed): string {
  const all = trimEnd([...lexSql(text)]);
  const tokens = all.filter(isMeaningful);
  if (tokens.some((token) => token.text === ';')) throw refuse('";"', 'one statement at a time');
  checkBeginning(tokens);
  for (const at of tokens.keys()) checkAt(tokens, at, allowed);
  return all.map(rewrite).join('').trim();
}
