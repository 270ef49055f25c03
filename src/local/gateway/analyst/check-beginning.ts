// Which statements an analyst may begin.
import { isWord, type Token } from '../sql/lex-sql.ts';
import { refuse } from './analyst-refusal.ts';

const shown = ['TABLES', 'DATABASES', 'COLUMNS', 'FIELDS', 'FUNCTIONS', 'INDEX', 'INDEXES', 'INDICES', 'KEYS'];
const explained = ['AST', 'SYNTAX', 'PLAN', 'PIPELINE', 'ESTIMATE', 'QUERY', 'TREE'];

function checkShow(tokens: readonly Token[]): void {
  const [, first, second] = tokens;
  if (isWord(first, ...shown)) return;
  if (isWord(first, 'FULL', 'EXTENDED') && isWord(second, 'COLUMNS', 'FIELDS', 'TABLES', 'INDEX', 'INDEXES')) return;
  if (isWord(first, 'CREATE') && isWord(second, 'TABLE', 'VIEW', 'DATABASE')) return;
  const said = isWord(first, 'CREATE') ? `CREATE ${second?.text ?? ''}` : (first?.text ?? '');
  throw refuse(
    `SHOW ${said}`,
    'SHOW TABLES, DATABASES, COLUMNS, INDEX, FUNCTIONS and CREATE TABLE, VIEW or DATABASE are',
  );
}

// EXPLAIN [kind] [option = number, ...] SELECT ...
function checkExplain(tokens: readonly Token[]): void {
  let at = 1;
  while (isWord(tokens[at], ...explained)) at += 1;
  while (tokens[at]?.kind === 'word' && tokens[at + 1]?.text === '=' && tokens[at + 2]?.kind === 'number') {
    at += tokens[at + 3]?.text === ',' ? 4 : 3;
  }
  const inner = tokens[at];
  if (!isWord(inner, 'SELECT', 'WITH'))
    throw refuse(`EXPLAIN ${inner?.text ?? ''}`, 'only SELECT and WITH may be explained');
}

export function checkBeginning(tokens: readonly Token[]): void {
  const [first] = tokens;
  if (isWord(first, 'SELECT', 'WITH', 'DESCRIBE', 'DESC')) return;
  if (isWord(first, 'SHOW')) checkShow(tokens);
  else if (isWord(first, 'EXPLAIN')) checkExplain(tokens);
  else throw refuse(JSON.stringify(first?.text ?? ''), 'one SELECT, WITH, SHOW, DESCRIBE or EXPLAIN statement is');
}
