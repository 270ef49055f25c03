// networkx and pyarrow, somebody else's reading of our exports. Where they cannot be had, no test is registered.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { notRunHere } from '../../setup/not-run-here.ts';
import { type CascadeStores, openCascadeStores } from '../cascade-stores.ts';
import { post, share } from '../changes.ts';
import { awkwardTree, partOf, type Row } from './awkward-tree.ts';
import { edgesOf, revealHidden } from './read-exports.ts';

const releases = ['networkx==3.6.1', 'pyarrow==21.0.0'];
const packages = join(tmpdir(), `sharetrail-${releases.join('-').replaceAll('==', '-')}`);
const environment = { ...process.env, PYTHONPATH: packages, PYTHONDONTWRITEBYTECODE: '1' };

function hasModule(code: string): boolean {
  return spawnSync('python3', ['-c', code], { env: environment, timeout: 60_000 }).status === 0;
}

function findPackages(): string | undefined {
  if (!hasModule('print(1)')) return 'python3 is absent';
  if (!existsSync(packages)) {
    spawnSync('python3', ['-m', 'pip', 'install', '--quiet', '--target', packages, ...releases], { timeout: 180_000 });
  }
  return hasModule('import networkx, pyarrow') ? undefined : `${releases.join(' and ')} cannot be installed by pip`;
}

const missing = findPackages();
if (missing !== undefined) notRunHere('networkx and pyarrow read exports', missing);

// Jest wants a test in every file, so this one stays when the packages are absent.
test('the absence of the packages is said', () => {
  expect(missing === undefined || missing.length > 0).toBe(true);
});

const readers = {
  graphml: `graph = networkx.read_graphml(stream)
answer = [[[id, data] for id, data in graph.nodes(data=True)], [[a, b, data] for a, b, data in graph.edges(data=True)], graph.is_directed(), graph.graph]`,
  gexf: `graph = networkx.read_gexf(stream)
answer = [[[id, data] for id, data in graph.nodes(data=True)], [[a, b, data] for a, b, data in graph.edges(data=True)], graph.is_directed(), graph.graph.get("mode")]`,
  arrow: `table = pyarrow.ipc.open_stream(stream).read_all()
text = lambda value: value if not isinstance(value, datetime.datetime) else value.isoformat(timespec="milliseconds").replace("+00:00", "Z")
answer = [[[field.name, str(field.type)] for field in table.schema], [{key: text(value) for key, value in row.items()} for row in table.to_pylist()]]`,
} as const;

if (missing === undefined) {
  describe('an export opens elsewhere', () => {
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

    async function readElsewhere(
      format: keyof typeof readers,
      asked: Record<string, string>,
      root = rootPostId,
    ): Promise<unknown> {
      const search = new URLSearchParams({ ...asked, format });
      const response = await fetch(`${stores.url}/v1/cascades/${encodeURIComponent(root)}/tree?${search}`);
      const input = Buffer.from(await response.arrayBuffer());
      const code = `import datetime, io, json, sys, networkx, pyarrow, pyarrow.ipc
stream = io.BytesIO(sys.stdin.buffer.read())
${readers[format]}
print(json.dumps(answer))`;
      const { status, stdout, stderr } = spawnSync('python3', ['-c', code], { env: environment, input });
      expect([status, stderr.toString()]).toEqual([0, '']);
      // What XML cannot hold is spelled out in the document, and is put back where a reader left it.
      return JSON.parse(stdout.toString(), (_key, value: unknown) =>
        format === 'arrow' || typeof value !== 'string' ? value : revealHidden(value),
      );
    }

    const parts = [{}, { postId: '=1+1' }, { at: '2026-01-01T12:00:01.700Z' }];
    const shownTime = (row: Row | undefined, name: string) => (row?.createdAt ? { [name]: row.createdAt } : {});
    const shownAccount = ({ accountId }: Row) => (accountId === null ? {} : { accountId });

    test.each(parts)('in networkx as GraphML: %j', async (asked) => {
      const expected = partOf(rows, asked);
      const nodes = expected.map((row) => [
        row.postId,
        { depth: row.depth, ...shownAccount(row), ...shownTime(row, 'createdAt') },
      ]);
      const edges = edgesOf(expected).map(({ source, target }) => [
        source,
        target,
        { weight: 1, ...shownTime(find(target), 'at') },
      ]);
      const graph = expect.objectContaining({ rootPostId, asOf: '2026-01-02T00:00:00.000Z' });
      expect(await readElsewhere('graphml', asked)).toEqual([nodes, inOrderOfNodes(edges, nodes), true, graph]);
    });

    test.each(parts)('in networkx as GEXF: %j', async (asked) => {
      const expected = partOf(rows, asked);
      const nodes = expected.map((row) => [
        row.postId,
        { label: row.postId, depth: row.depth, ...shownAccount(row), ...shownTime(row, 'start') },
      ]);
      const edges = edgesOf(expected).map(({ source, target }) => [
        source,
        target,
        { id: target, weight: 1, ...shownTime(find(target), 'start') },
      ]);
      expect(await readElsewhere('gexf', asked)).toEqual([nodes, inOrderOfNodes(edges, nodes), true, 'dynamic']);
    });

    test.each(parts)('in pyarrow as a stream: %j', async (asked) => {
      const fields = [
        ['postId', 'string'],
        ['parentPostId', 'string'],
        ['depth', 'uint32'],
        ['accountId', 'string'],
        ['createdAt', 'timestamp[ms, tz=UTC]'],
        ['weight', 'double'],
      ];
      expect(await readElsewhere('arrow', asked)).toEqual([fields, partOf(rows, asked)]);
    });

    test('with a root that has neither time nor account, and with one post alone', async () => {
      const [nodes] = z
        .tuple([z.unknown(), z.unknown(), z.unknown(), z.unknown()])
        .parse(await readElsewhere('gexf', {}, 'old'));
      expect(nodes).toEqual([
        ['old', { label: 'old', depth: 0 }],
        ['of old', expect.objectContaining({ depth: 1 })],
      ]);
      expect(await readElsewhere('graphml', {}, 'alone')).toEqual([
        [['alone', expect.anything()]],
        [],
        true,
        expect.anything(),
      ]);
      expect(await readElsewhere('gexf', {}, 'alone')).toEqual([[['alone', expect.anything()]], [], true, 'dynamic']);
    });

    function find(postId: string): Row | undefined {
      return rows.find((row) => row.postId === postId);
    }
  });
}

/** networkx names edges by their source, sources in the order of nodes. */
function inOrderOfNodes(edges: unknown[][], nodes: unknown[][]): unknown[][] {
  return nodes.flatMap(([id]) => edges.filter(([source]) => source === id));
}
