import fc from 'fast-check';
import { appendRows, createColumns } from '../../../src/cascade/columns/columns.ts';
import { type AskedMembers, findMembers } from '../../../src/cascade/columns/find-members.ts';
import { arbitraryTree, type Node, toRows } from '../tree.ts';

function columnsOf(nodes: readonly Node[]) {
  const columns = createColumns(1);
  appendRows(columns, toRows(nodes));
  return columns;
}

function chainOf(nodes: readonly Node[], place: number): number[] {
  const chain = [place];
  for (let at = nodes[place]?.parent ?? -1; at >= 0; at = nodes[at]?.parent ?? -1) chain.push(at);
  return chain;
}

/** By definition: the chain to the root holds the top, and all of it had come. */
function expectedMembers(nodes: readonly Node[], { fromSeq, atMs }: AskedMembers): number[] {
  const hasCome = (place: number) => {
    const timeMs = nodes[place]?.timeMs ?? 0;
    return atMs === null || timeMs <= atMs || (place === 0 && timeMs === 0);
  };
  return [...nodes.keys()].filter((place) => {
    const chain = chainOf(nodes, place);
    return chain.includes(fromSeq) && chain.every(hasCome);
  });
}

function placesIn({ members, count }: ReturnType<typeof findMembers>): number[] {
  const places = [...members].flatMap((byte, at) =>
    [0, 1, 2, 3, 4, 5, 6, 7].flatMap((bit) => (byte & (1 << bit) ? [at * 8 + bit] : [])),
  );
  expect(places).toHaveLength(count);
  return places;
}

test('are the posts below the top whose chains had come by that time', () => {
  const asked = fc.record({
    nodes: arbitraryTree(60),
    top: fc.nat(60),
    atMs: fc.option(fc.integer({ min: 999_990, max: 1_000_410 })),
    isProvisional: fc.boolean(),
  });
  fc.assert(
    fc.property(asked, ({ nodes, top, atMs, isProvisional }) => {
      const [root] = nodes;
      if (isProvisional && root !== undefined) root.timeMs = 0;
      const question = { fromSeq: top % nodes.length, atMs };
      expect(placesIn(findMembers(columnsOf(nodes), question))).toEqual(expectedMembers(nodes, question));
    }),
  );
});

test('look at no more rows than are in use', () => {
  const columns = createColumns(1000);
  appendRows(columns, toRows([{ parent: -1, timeMs: 5, account: 0 }]));
  expect(findMembers(columns, { fromSeq: 0, atMs: 5 })).toEqual({ members: Uint8Array.of(1), count: 1 });
  expect(findMembers(columns, { fromSeq: 0, atMs: 4 })).toEqual({ members: Uint8Array.of(0), count: 0 });
});
