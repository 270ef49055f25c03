import fc from 'fast-check';
import { isMeaningful, lexSql } from '../../../../src/local/gateway/sql/lex-sql.ts';

const kinds = (text: string) => [...lexSql(text)].filter(isMeaningful).map((token) => `${token.kind}:${token.text}`);

/** Pieces with one meaning each, whatever stands around them. */
const word = fc.stringMatching(/^[a-zA-Z_][a-zA-Z0-9_]{0,6}$/);
const inside = fc.string({
  unit: fc.constantFrom('a', ' ', '(', ')', ';', '-', '*', '/', '#', '$', '"', '`', "'", '\\', '\n'),
});
const quotedWith = (quote: string) =>
  inside.map((text) => `${quote}${text.replaceAll('\\', '\\\\').replaceAll(quote, quote + quote)}${quote}`);
const comment = fc.oneof(
  inside.map((text) => `/*${text.replaceAll('/', '').replaceAll('*', '')}*/`),
  inside.map((text) => `/* /* ${text.replaceAll('/', '').replaceAll('*', '')} */ */`),
  inside.map((text) => `-- ${text.replaceAll('\n', '')}\n`),
  inside.map((text) => `# ${text.replaceAll('\n', '')}\n`),
);
const heredoc = inside.map((text) => `$tag$${text}$tag$`);

const piece = fc.oneof(
  word.map((text) => ({ kind: 'word', text })),
  quotedWith("'").map((text) => ({ kind: 'string', text })),
  fc.oneof(quotedWith('"'), quotedWith('`')).map((text) => ({ kind: 'quoted', text })),
  heredoc.map((text) => ({ kind: 'heredoc', text })),
  comment.map((text) => ({ kind: 'comment', text })),
  fc.nat().map((number) => ({ kind: 'number', text: String(number) })),
  fc.constantFrom('(', ')', ',', ';', '+', '=', '.').map((text) => ({ kind: 'operator', text })),
);

describe('the lexer', () => {
  test('leaves no character out and gives none twice, for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect([...lexSql(text)].map((token) => token.text).join('')).toBe(text);
      }),
      { numRuns: 2_000 },
    );
  });

  test('finds exactly the pieces a text was made of', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.map((one) => one.text).join(' ');
        const found = [...lexSql(text)].filter((token) => token.kind !== 'space');
        // The end of the line is no part of a comment that ends with it.
        const expected = pieces.map((one) => ({
          kind: one.kind,
          text: one.kind === 'comment' ? one.text.trimEnd() : one.text,
        }));
        expect(found.map(({ kind, text: own }) => ({ kind, text: kind === 'comment' ? own.trimEnd() : own }))).toEqual(
          expected,
        );
      }),
      { numRuns: 2_000 },
    );
  });

  test('a word inside quotes, comments or heredocs is never a word', () => {
    const disguise = fc.oneof(quotedWith("'"), quotedWith('"'), quotedWith('`'), heredoc, comment);
    fc.assert(
      fc.property(disguise, (text) => {
        expect([...lexSql(text)].some((token) => token.kind === 'word')).toBe(false);
      }),
      { numRuns: 1_000 },
    );
  });

  test.each([
    ['a.1.2', ['word:a', 'operator:.', 'number:1', 'operator:.', 'number:2']],
    ['1.5e-3', ['number:1.5e-3']],
    ['0xFF', ['number:0xFF']],
    ['1abc', ['word:1abc']],
    ["x'41'", ["string:x'41'"]],
    ["'a''b\\'c'", ["string:'a''b\\'c'"]],
    ['x::Int8->y', ['word:x', 'operator:::', 'word:Int8', 'operator:->', 'word:y']],
    ['$$a$$', ['heredoc:$$a$$']],
    ['$a$ $b$ $a$', ['heredoc:$a$ $b$ $a$']],
    ['1 // x\n2', ['number:1', 'number:2']],
    ["'open", ["invalid:'open"]],
    ['/* open', ['invalid:/* open']],
    ["x'\\'", ["invalid:x'"]],
    ['.5', ['number:.5']],
    ['(1, 2).1', ['operator:(', 'number:1', 'operator:,', 'number:2', 'operator:)', 'operator:.', 'number:1']],
  ])('reads %j', (text, expected) => {
    expect(kinds(text).slice(0, expected.length)).toEqual(expected);
  });
});
