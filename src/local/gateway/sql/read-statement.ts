// Tells from a statement's tokens what the gateway has to know to run it: its kind, where an output format stands,
// and for an INSERT where the statement ends and its rows begin.
import { isMeaningful, isWord, lexSql, type Token } from './lex-sql.ts';

export type Statement =
  /** Answers rows: SELECT, SHOW, DESCRIBE ... `textBeforeFormat` is the text up to a closing FORMAT clause. */
  | { kind: 'read'; text: string; textBeforeFormat: string; textAfterFormat: string; format: string | undefined }
  /** INSERT whose rows stand outside the statement: `header` ends before SETTINGS and FORMAT, `rowsAt` is where rows begin. */
  | { kind: 'insert'; header: string; settings: string; format: string; rowsAt: number }
  /** Everything else: definitions, INSERT ... SELECT, SET, USE. */
  | { kind: 'command'; text: string }
  | { kind: 'empty' }
  | { kind: 'refused'; reason: string };

const readingWords = ['SELECT', 'WITH', 'FROM', 'SHOW', 'DESCRIBE', 'DESC', 'EXPLAIN', 'EXISTS', 'CHECK', 'KILL'];

type Found = { token: Token; index: number };

function findTopLevel(tokens: readonly Token[], ...words: string[]): Found | undefined {
  let depth = 0;
  for (const [index, token] of tokens.entries()) {
    if (token.text === '(' || token.text === '[' || token.text === '{') depth += 1;
    else if (token.text === ')' || token.text === ']' || token.text === '}') depth -= 1;
    else if (depth === 0 && isWord(token, ...words) && tokens[index - 1]?.text !== '.') return { token, index };
  }
  return undefined;
}

/** The last FORMAT that can only be the clause: a word follows, and after it only SETTINGS or nothing. */
function findFormat(tokens: readonly Token[]): Found | undefined {
  for (let index = tokens.length - 2; index > 0; index -= 1) {
    const token = tokens[index];
    const name = tokens[index + 1];
    const after = tokens[index + 2];
    const closes = after === undefined || isWord(after, 'SETTINGS');
    if (token !== undefined && isWord(token, 'FORMAT') && name?.kind === 'word' && closes) return { token, index };
  }
  return undefined;
}

function readReading(text: string, tokens: readonly Token[]): Statement {
  const end = tokens.at(-1)?.end ?? 0;
  const format = findFormat(tokens);
  const name = format === undefined ? undefined : tokens[format.index + 1];
  if (format === undefined || name === undefined) {
    return { kind: 'read', text, textBeforeFormat: text.slice(0, end), textAfterFormat: '', format: undefined };
  }
  return {
    kind: 'read',
    text,
    textBeforeFormat: text.slice(0, format.token.start),
    textAfterFormat: text.slice(name.end, end),
    format: name.text,
  };
}

// The rows start after the format's name: spaces and one line end belong to the statement, as on the real server.
function rowsStart(text: string, at: number): number {
  let start = at;
  while (text[start] === ' ' || text[start] === '\t' || text[start] === '\r') start += 1;
  if (text[start] === '\n') return start + 1;
  return text[start] === ';' ? rowsStart(text, start + 1) : start;
}

function readInsert(text: string, tokens: readonly Token[], last: Token): Statement {
  const settings = findTopLevel(tokens, 'SETTINGS');
  const format = isWord(last, 'VALUES') ? 'Values' : last.text;
  const clause = isWord(last, 'VALUES') ? last : tokens.at(-2);
  const clauseStart = clause?.start ?? last.start;
  const headerEnd = settings?.token.start ?? clauseStart;
  return {
    kind: 'insert',
    header: text.slice(0, headerEnd),
    settings: text.slice(headerEnd, clauseStart),
    format,
    rowsAt: rowsStart(text, last.end),
  };
}

/** True when the tokens so far are an INSERT whose rows start right after them. */
function endsBeforeRows(tokens: readonly Token[]): boolean {
  const last = tokens.at(-1);
  const previous = tokens.at(-2);
  if (tokens.length < 3 || !isWord(tokens[0], 'INSERT')) return false;
  if (isWord(last, 'VALUES') && !isWord(previous, 'INTO', 'TABLE') && previous?.text !== '.')
    return depthOf(tokens) === 0;
  return last?.kind === 'word' && isWord(previous, 'FORMAT') && depthOf(tokens) === 0 && tokens.length > 3;
}

function depthOf(tokens: readonly Token[]): number {
  let depth = 0;
  for (const { text } of tokens) {
    if (text === '(') depth += 1;
    else if (text === ')') depth -= 1;
  }
  return depth;
}

function takesRows(tokens: readonly Token[]): boolean {
  return findTopLevel(tokens, 'SELECT', 'WITH', 'INFILE') === undefined;
}

function readOther(text: string, tokens: readonly Token[]): Statement {
  const first = tokens.find((token) => token.text !== '(');
  if (first === undefined) return { kind: 'empty' };
  if (isWord(first, ...readingWords) && !isWriting(tokens)) return readReading(text, tokens);
  return { kind: 'command', text };
}

// `WITH ... INSERT INTO ... SELECT` is a write that starts with a reading word.
function isWriting(tokens: readonly Token[]): boolean {
  return isWord(tokens[0], 'WITH') && findTopLevel(tokens, 'INSERT') !== undefined;
}

export function readStatement(text: string): Statement {
  const tokens: Token[] = [];
  for (const token of lexSql(text)) {
    if (!isMeaningful(token)) continue;
    if (tokens.at(-1)?.text === ';') {
      if (token.text === ';') continue;
      return { kind: 'refused', reason: 'Multi-statements are not allowed' };
    }
    tokens.push(token);
    if (endsBeforeRows(tokens) && takesRows(tokens)) return readInsert(text, tokens, token);
  }
  if (tokens.at(-1)?.text === ';') tokens.pop();
  return readOther(text.slice(0, tokens.at(-1)?.end ?? 0), tokens);
}
