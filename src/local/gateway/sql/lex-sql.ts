// Cuts ClickHouse SQL into tokens the way the engine's own lexer does, because everything that is decided about a
// statement (its kind, its format, what an analyst may run) is decided on tokens: in text, comments, strings and
// heredocs could hide or fake anything. Works on any string; offsets are indexes into it.

type TokenKind = 'space' | 'comment' | 'word' | 'quoted' | 'string' | 'heredoc' | 'number' | 'operator' | 'invalid';

export type Token = { kind: TokenKind; text: string; start: number; end: number };

const wordPattern = /[A-Za-z_$][A-Za-z0-9_$]*/y;
// A number directly followed by word characters is a word for ClickHouse (`1abc`), apart from hexadecimal, binary and exponents.
const numberPattern =
  /(?:0[xX][0-9A-Fa-f_]+(?:\.[0-9A-Fa-f_]*)?(?:[pP][+-]?[0-9_]+)?|0[bB][01_]+|(?:[0-9][0-9_]*(?:\.[0-9_]*)?|\.[0-9][0-9_]*)(?:[eE][+-]?[0-9_]+)?)/y;
const wordTailPattern = /[A-Za-z0-9_$]+/y;
const spacePattern = /[ \t\r\n\f\v]+/y;
const lineCommentPattern = /[^\n]*/y;
const heredocPattern = /\$([A-Za-z0-9_]*)\$/y;
const hexStringPattern = /[xX]'[0-9A-Fa-f]*'|[bB]'[01]*'/y;
const operatorPattern = /->|::|\|\||==|!=|<=>|<>|<=|>=|[-()[\]{},.;:+*/%<>=!?^&|~]/y;

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

function quotedEnd(text: string, start: number): number | undefined {
  const quote = text[start];
  let at = start + 1;
  while (at < text.length) {
    const character = text[at];
    if (character === '\\') at += 2;
    else if (character !== quote) at += 1;
    else if (text[at + 1] === quote) at += 2;
    else return at + 1;
  }
  return undefined;
}

// Block comments nest in ClickHouse.
function blockCommentEnd(text: string, start: number): number | undefined {
  let depth = 1;
  let at = start + 2;
  while (at < text.length) {
    const pair = text.slice(at, at + 2);
    if (pair === '*/') {
      depth -= 1;
      at += 2;
      if (depth === 0) return at;
    } else if (pair === '/*') {
      depth += 1;
      at += 2;
    } else at += 1;
  }
  return undefined;
}

function heredocEnd(text: string, start: number): number | undefined {
  const tag = matchAt(heredocPattern, text, start);
  if (tag === undefined) return undefined;
  const close = text.indexOf(tag, start + tag.length);
  return close < 0 ? undefined : close + tag.length;
}

function token(kind: TokenKind, text: string, start: number, end: number | undefined): Token {
  const stop = end ?? text.length;
  return { kind: end === undefined ? 'invalid' : kind, text: text.slice(start, stop), start, end: stop };
}

function isLineComment(text: string, at: number): boolean {
  const pair = text.slice(at, at + 2);
  return pair === '--' || pair === '//' || pair === '# ' || pair === '#!';
}

/** `.5` is a number, but in `t.1.2` or `(1, 2).1` the dots stand between tuple indexes. */
function isDotBetween(text: string, at: number, before: Token | undefined): boolean {
  if (text[at] !== '.' || before === undefined) return false;
  return (
    /^(word|quoted|number)$/.test(before.kind) || before.text === ')' || before.text === ']' || before.text === '}'
  );
}

function lexNumberOrWord(text: string, at: number, before: Token | undefined): Token | undefined {
  if (isDotBetween(text, at, before)) return undefined;
  // After such a dot, only digits belong to the number.
  const number = before?.text === '.' ? /^[0-9]+/.exec(text.slice(at, at + 64))?.[0] : matchAt(numberPattern, text, at);
  if (number === undefined) return undefined;
  const tail = matchAt(wordTailPattern, text, at + number.length);
  if (tail === undefined) return token('number', text, at, at + number.length);
  return token(/^[0-9_]+$/.test(number) ? 'word' : 'invalid', text, at, at + number.length + tail.length);
}

function lexQuoted(text: string, at: number): Token | undefined {
  const character = text[at];
  if (character === "'") return token('string', text, at, quotedEnd(text, at));
  if (character === '"' || character === '`') return token('quoted', text, at, quotedEnd(text, at));
  const special = matchAt(hexStringPattern, text, at);
  if (special !== undefined) return token('string', text, at, at + special.length);
  // The engine reads x'..' and b'..' without escapes; anything but plain digits in them could be read two ways.
  if (/^[xXbB]'/.test(text.slice(at, at + 2))) return token('invalid', text, at, at + 2);
  return undefined;
}

function nextToken(text: string, at: number, before: Token | undefined): Token {
  const space = matchAt(spacePattern, text, at);
  if (space !== undefined) return token('space', text, at, at + space.length);
  if (isLineComment(text, at)) {
    return token('comment', text, at, at + (matchAt(lineCommentPattern, text, at)?.length ?? 0));
  }
  if (text.startsWith('/*', at)) return token('comment', text, at, blockCommentEnd(text, at));
  const heredoc = heredocEnd(text, at);
  if (heredoc !== undefined) return token('heredoc', text, at, heredoc);
  const quoted = lexQuoted(text, at) ?? lexNumberOrWord(text, at, before);
  if (quoted !== undefined) return quoted;
  const word = matchAt(wordPattern, text, at);
  if (word !== undefined) return token('word', text, at, at + word.length);
  const operator = matchAt(operatorPattern, text, at);
  if (operator !== undefined) return token('operator', text, at, at + operator.length);
  return token('invalid', text, at, at + 1);
}

/** Tokens one after the other, lazily, so that a caller may stop where the rows of an INSERT begin. */
export function* lexSql(text: string): Generator<Token> {
  let at = 0;
  let before: Token | undefined;
  while (at < text.length) {
    const next = nextToken(text, at, before);
    yield next;
    at = next.end;
    if (isMeaningful(next)) before = next;
  }
}

export function isMeaningful(token: Token): boolean {
  return token.kind !== 'space' && token.kind !== 'comment';
}

export function isWord(token: Token | undefined, ...words: string[]): boolean {
  return token !== undefined && token.kind === 'word' && words.includes(token.text.toUpperCase());
}
