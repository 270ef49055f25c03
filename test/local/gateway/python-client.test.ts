// Python's clickhouse-connect: Native inserts, lz4 and zstd by default. Where Python or the package cannot be had, no
// test is registered.
import { missingClickhouseConnect, runPython as run } from '../../setup/clickhouse-connect.ts';
import { notRunHere } from '../../setup/not-run-here.ts';
import { startGateway, type TestGateway } from './start-gateway.ts';

const runPython = (code: string, ...given: string[]) => run(['-c', code, ...given]);

const script = `
import sys, datetime, clickhouse_connect
port, user, password, compress = int(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4]
compress = {'True': True, 'False': False}.get(compress, compress)
client = clickhouse_connect.get_client(host='127.0.0.1', port=port, username=user, password=password, compress=compress)
if user == 'analyst':
    assert client.query('SELECT 1').result_rows == [(1,)]
    try:
        client.command('CREATE TABLE x (a UInt8) ENGINE = Memory')
        raise SystemExit('the analyst could write')
    except clickhouse_connect.driver.exceptions.DatabaseError as error:
        assert 'ACCESS_DENIED' in str(error), error
    print('done')
    raise SystemExit(0)
client.command('DROP TABLE IF EXISTS people')
client.command('CREATE TABLE people (id UInt64, name String, at DateTime64(3), tags Array(String), score Nullable(Float64)) ENGINE = MergeTree ORDER BY id')
rows = [[i, f'name {i}', datetime.datetime(2025, 1, 1), ['a', 'b'], None if i % 2 else i / 3] for i in range(20000)]
client.insert('people', rows, column_names=['id', 'name', 'at', 'tags', 'score'])
assert client.query('SELECT count(), sum(id), countIf(score IS NULL) FROM people').result_rows == [(20000, 199990000, 10000)]
assert client.query('SELECT name, tags FROM people WHERE id = {id:UInt64}', parameters={'id': 7}).result_rows == [('name 7', ['a', 'b'])]
assert client.query('SELECT name FROM people WHERE id = %(id)s', parameters={'id': 8}).result_rows == [('name 8',)]
with client.query_row_block_stream('SELECT number, toString(number) FROM numbers(300000)') as stream:
    assert sum(len(block) for block in stream) == 300000
assert client.query('SELECT getSetting(\\'max_block_size\\')', settings={'max_block_size': 777}).result_rows == [(777,)]
try:
    client.query('SELECT * FROM no_such_table')
    raise SystemExit('no error came')
except clickhouse_connect.driver.exceptions.DatabaseError as error:
    assert '60' in str(error), error
assert client.ping()
print('done')
`;

const missing = missingClickhouseConnect();
if (missing !== undefined) notRunHere('clickhouse-connect against the gateway', missing);

// Jest wants a test in every file, so this one stays when the client is absent.
test('the absence of the Python client is said', () => {
  expect(missing === undefined || missing.length > 0).toBe(true);
});

if (missing === undefined) {
  describe('clickhouse-connect', () => {
    let gateway: TestGateway;
    beforeAll(async () => {
      gateway = await startGateway();
    });
    afterAll(() => gateway.stop());

    const port = () => new URL(gateway.url).port;

    test.each(['True', 'False', 'lz4', 'zstd', 'gzip'])('inserts and reads with compress=%s', (compress) => {
      expect(runPython(script, port(), 'sharetrail', gateway.password, compress)).toEqual({
        ok: true,
        output: 'done\n',
      });
    });

    test('connects as the analyst, who cannot write', () => {
      expect(runPython(script, port(), 'analyst', gateway.analystPassword, 'True')).toEqual({
        ok: true,
        output: 'done\n',
      });
    });
  });
}
