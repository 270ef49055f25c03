import fc from 'fast-check';
import { readStatement } from '../../../../src/local/gateway/sql/read-statement.ts';

describe('the reader of statements', () => {
  test.each([
    ['SELECT 1', 'read', undefined],
    ['select 1 format JSON', 'read', 'JSON'],
    ['SELECT 1 FORMAT CSV SETTINGS max_threads = 1;', 'read', 'CSV'],
    ["SELECT format('{}', 1)", 'read', undefined],
    ["SELECT 'FORMAT JSON'", 'read', undefined],
    ['SELECT 1 -- FORMAT JSON', 'read', undefined],
    ['(SELECT 1) UNION ALL (SELECT 2) FORMAT TSV', 'read', 'TSV'],
    ['SHOW TABLES FORMAT JSONEachRow', 'read', 'JSONEachRow'],
  ])('%j reads, with its format', (text, kind, format) => {
    expect(readStatement(text)).toMatchObject({ kind, format });
  });

  test.each([
    'CREATE TABLE t (a UInt8) ENGINE = Memory',
    'INSERT INTO t SELECT 1',
    'INSERT INTO t (a) WITH 1 AS x SELECT x',
    'WITH 1 AS x INSERT INTO t SELECT x',
    'SET a = 1',
    'ALTER TABLE t DELETE WHERE 1',
  ])('%j is a command', (text) => {
    expect(readStatement(text)).toEqual({ kind: 'command', text });
  });

  test.each([
    ['INSERT INTO t ', 'FORMAT JSONEachRow\n', '{"a":1}', 'JSONEachRow'],
    ['INSERT INTO t ', 'VALUES ', '(1)', 'Values'],
    ['insert into t (a, b) ', 'values', '(1, 2)', 'Values'],
    ['INSERT INTO t SETTINGS a = 1 ', 'FORMAT CSV\n', '\n1', 'CSV'],
    ['INSERT INTO `values` (`format`) ', 'FORMAT RowBinary\n', '\n \x00', 'RowBinary'],
    ['INSERT INTO d.values ', 'FORMAT TSV ', '1', 'TSV'],
    ["INSERT INTO FUNCTION file('x') ", 'FORMAT TSV ', '1', 'TSV'],
  ])('%j%j%j is an insert whose rows are found', (before, clause, rows, format) => {
    const text = before + clause + rows;
    const statement = readStatement(text);
    if (statement.kind !== 'insert') throw new Error(`it is a ${statement.kind}`);
    expect([statement.header + statement.settings, statement.format]).toEqual([before, format]);
    expect(text.slice(statement.rowsAt)).toBe(rows);
  });

  test.each(['', ' ', ';', '-- x', '/* x */ ;'])('%j is empty', (text) => {
    expect(readStatement(text)).toEqual({ kind: 'empty' });
  });

  test('refuses several statements, but not a semicolon in a string or at the end', () => {
    expect(readStatement('SELECT 1; SELECT 2').kind).toBe('refused');
    expect(readStatement("SELECT ';' ; -- x").kind).toBe('read');
  });

  test('binary rows never change what was read before them', () => {
    const bytes = fc.uint8Array({ maxLength: 60 }).map((array) => Buffer.from(array).toString('latin1'));
    fc.assert(
      fc.property(bytes, (rows) => {
        const head = 'INSERT INTO t (a) FORMAT Native\n';
        expect(readStatement(head + rows)).toEqual({
          kind: 'insert',
          header: 'INSERT INTO t (a) ',
          settings: '',
          format: 'Native',
          rowsAt: head.length,
        });
      }),
    );
  });
});
