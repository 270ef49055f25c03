import { exportFormatNames, exportFormats } from '../../../src/cascade/export/formats.ts';
import { acceptedAt, type CascadeStores, openCascadeStores } from '../cascade-stores.ts';
import { post, share } from '../changes.ts';
import { awkwardTree, partOf, type Row } from './awkward-tree.ts';
import { edgesOf, elementsOf, parseLines, readCsv } from './read-exports.ts';

const { changes, rows, rootPostId } = awkwardTree();
let stores: CascadeStores;

beforeAll(async () => {
  stores = await openCascadeStores();
  await stores.project([
    ...changes,
    share('of old', { of: 'old', by: 'z', afterMs: 7, rootHint: 'old' }),
    post('alone', 'a'),
  ]);
});
afterAll(() => stores.close());

type Asked = { format?: string; at?: string; postId?: string };

function fetchTree(root: string, asked: Asked, init: RequestInit = {}): Promise<Response> {
  return fetch(`${stores.url}/v1/cascades/${encodeURIComponent(root)}/tree?${new URLSearchParams(asked)}`, init);
}

async function read(asked: Asked, expected: readonly Row[], root = rootPostId): Promise<string> {
  const response = await fetchTree(root, asked);
  expect([response.status, response.headers.get('x-total-nodes')]).toEqual([200, String(expected.length)]);
  expect(response.headers.get('x-total-edges')).toBe(String(expected.length - 1));
  return response.text();
}

const guarded = (text: string | null) => (text !== null && /^[=+@\t-]/.test(text) ? `'${text}` : (text ?? ''));
const names: ReadonlyArray<keyof Row> = ['postId', 'parentPostId', 'depth', 'accountId', 'createdAt', 'weight'];

/** Reads one part back in every form and compares it with what was put in. */
async function expectPart(asked: Asked, expected: readonly Row[], root = rootPostId): Promise<void> {
  const edges = edgesOf(expected);
  expect(parseLines(await read({ ...asked, format: 'ndjson' }, expected, root))).toEqual(expected);
  const json: unknown = JSON.parse(await read({ ...asked, format: 'json' }, expected, root));
  const counts = { nodes: expected.length, edges: edges.length };
  expect(json).toEqual({ rootPostId: root, ...counts, asOf: acceptedAt, posts: expected });
  const [head, ...cells] = readCsv(await read({ ...asked, format: 'csv' }, expected, root));
  expect(head).toEqual(names);
  expect(cells).toEqual(
    expected.map((row) => names.map((name) => guarded(row[name] === null ? null : String(row[name])))),
  );
  const graphml = await read({ ...asked, format: 'graphml' }, expected, root);
  expect(elementsOf(graphml, 'node')).toEqual(expected.map(({ postId }) => ({ id: postId })));
  expect(elementsOf(graphml, 'edge')).toEqual(edges);
  const gexf = await read({ ...asked, format: 'gexf' }, expected, root);
  expect(elementsOf(gexf, 'node')).toEqual(
    expected.map(({ postId, createdAt }) => ({ id: postId, label: postId, ...(createdAt && { start: createdAt }) })),
  );
  const starts = new Map(expected.map(({ postId, createdAt }) => [postId, createdAt]));
  expect(elementsOf(gexf, 'edge')).toEqual(
    edges.map((edge) => ({ ...edge, id: edge.target, weight: '1', start: starts.get(edge.target) })),
  );
}

describe('GET /v1/cascades/{rootPostId}/tree', () => {
  test('is the whole tree in every form', () => expectPart({}, rows));

  test('is the tree as it was at a time', async () => {
    const times = rows.map(({ createdAt }) => createdAt ?? '').sort();
    for (const at of [times[0] ?? '', times[7] ?? '', times[15] ?? '', times.at(-1) ?? '']) {
      await expectPart({ at }, partOf(rows, { at }));
    }
  });

  test('is the tree below one post, which keeps its parent where a form can say it', async () => {
    for (const place of [0, 2, 5, rows.length - 1]) {
      const postId = rows[place]?.postId ?? '';
      await expectPart({ postId }, partOf(rows, { postId }));
    }
  });

  test('is the tree below one post as it was at a time', async () => {
    const asked = { postId: '=1+1', at: '2026-01-01T12:00:01.700Z' };
    const expected = partOf(rows, asked);
    expect(expected.length).toBeGreaterThan(1);
    expect(expected.length).toBeLessThan(partOf(rows, { postId: '=1+1' }).length);
    await expectPart(asked, expected);
  });

  const provisional: Row[] = [
    { postId: 'old', parentPostId: null, depth: 0, accountId: null, createdAt: null, weight: 1 },
    {
      postId: 'of old',
      parentPostId: 'old',
      depth: 1,
      accountId: 'z',
      createdAt: '2026-01-01T12:00:00.007Z',
      weight: 1,
    },
  ];

  test('knows neither time nor account of a provisional root, which is there at any time', async () => {
    await expectPart({}, provisional, 'old');
    await expectPart({ at: '2001-01-01T00:00:00Z' }, provisional.slice(0, 1), 'old');
    await expectPart({ at: '2026-01-01T13:00:00.007+01:00' }, provisional, 'old');
  });

  test.each(exportFormatNames)(
    '%s: one post is a tree too, HEAD says the same, and the file has a name',
    async (format) => {
      const response = await fetchTree('alone', { format });
      const text = await response.text();
      expect(response.status).toBe(200);
      expect(text.length).toBeGreaterThan(10);
      const headers = Object.fromEntries(response.headers);
      expect(headers).toMatchObject({
        'content-type': expect.stringContaining(exportFormats[format]),
        'content-disposition': `attachment; filename="cascade-alone.${format}"; filename*=UTF-8''cascade-alone.${format}`,
        'x-total-nodes': '1',
        'x-total-edges': '0',
        'x-as-of': acceptedAt,
        vary: 'Accept',
      });
      const head = await fetchTree('alone', { format }, { method: 'HEAD' });
      expect(await head.text()).toBe('');
      for (const name of Object.keys(headers).filter((name) => /^(x-total|x-as|content-[dt])/.test(name))) {
        expect([name, head.headers.get(name)]).toEqual([name, headers[name]]);
      }
    },
  );

  test.each([
    ['text/csv', 'text/csv; charset=utf-8; header=present'],
    ['text/html, */*;q=0.1', 'application/json'],
  ])('Accept: %s answers %s', async (accept, contentType) => {
    const response = await fetchTree('alone', {}, { headers: { accept } });
    expect([response.status, response.headers.get('content-type')]).toEqual([200, contentType]);
    await response.text();
  });

  test('a format that is asked for counts more than Accept', async () => {
    const response = await fetchTree('alone', { format: 'ndjson' }, { headers: { accept: 'text/html' } });
    expect(response.headers.get('content-type')).toBe('application/x-ndjson');
    await response.text();
  });

  type Refused = Asked & { root?: string; accept?: string; status: number; code: string; members?: object };
  const refused: Refused[] = [
    { accept: 'text/html', status: 406, code: 'not_acceptable', members: { formats: exportFormats } },
    { format: 'xml', status: 400, code: 'invalid_parameter' },
    { at: 'yesterday', status: 400, code: 'invalid_parameter' },
    { at: '2026-01-01T11:59:59.999Z', status: 404, code: 'cascade_not_found', members: { pending: 0 } },
    { postId: 'old', status: 404, code: 'post_not_in_cascade' },
    { postId: 'nothing', status: 404, code: 'post_not_in_cascade' },
    { root: rootPostId, postId: '=1+1', at: '2026-01-01T12:00:00Z', status: 404, code: 'post_not_in_cascade' },
    { root: 'of old', status: 404, code: 'not_a_root', members: { rootPostId: 'old' } },
    { root: 'nothing', status: 404, code: 'cascade_not_found', members: { pending: 0 } },
  ];

  test.each(refused)('is refused: %j', async ({ root = 'alone', accept, status, code, members, ...asked }) => {
    const response = await fetchTree(root, asked, { headers: accept === undefined ? {} : { accept } });
    const body: unknown = await response.json();
    expect([response.status, body]).toEqual([status, expect.objectContaining({ code, ...members })]);
  });

  test('grows with the cascade', async () => {
    await stores.project([post('grows', 'a')]);
    expect(parseLines(await read({ format: 'ndjson' }, provisional.slice(0, 1), 'grows'))).toHaveLength(1);
    await stores.project([share('grown', { of: 'grows', by: 'b', afterMs: 5 })]);
    expect(parseLines(await read({ format: 'ndjson', postId: 'grows' }, provisional, 'grows'))).toHaveLength(2);
    expect(parseLines(await read({ format: 'ndjson', postId: 'grown' }, provisional.slice(0, 1), 'grows'))).toEqual([
      expect.objectContaining({ postId: 'grown', parentPostId: 'grows' }),
    ]);
  });

  test('waits a moment for lineage, and says so where it does not come', async () => {
    await stores.project([post('fresh', 'a')], 'lineage left behind');
    const response = await fetchTree('fresh', {});
    const body: unknown = await response.json();
    expect([response.status, body]).toEqual([503, expect.objectContaining({ code: 'lineage_behind' })]);
  });
});
