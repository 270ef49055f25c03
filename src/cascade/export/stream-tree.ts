import { z } from 'zod';
import type { Facts } from '../../facts/facts.ts';
import { statement } from '../../query/statement.ts';
import type { Part } from './find-part.ts';
import type { ExportFormat } from './formats.ts';
import { type Frame, gexfFrame, graphmlFrame, jsonFrame } from './frames.ts';

const partParams = { rootId: z.string(), generation: z.number(), posts: z.number(), members: z.string() };

export const streamPostsStatement = statement('clickhouse/cascade/export/stream-posts.sql', {
  params: z.object({ ...partParams, guarded: z.boolean() }),
  row: z.object({
    postId: z.string(),
    parentPostId: z.string().nullable(),
    depth: z.number(),
    accountId: z.string().nullable(),
    createdAt: z.string().nullable(),
    weight: z.number(),
  }),
});

const line = z.object({ line: z.string() });

export const writeGraphmlStatement = statement('clickhouse/cascade/export/write-graphml.sql', {
  params: z.object({ ...partParams, topSeq: z.number() }),
  row: line,
});

export const writeGexfNodesStatement = statement('clickhouse/cascade/export/write-gexf-nodes.sql', {
  params: z.object(partParams),
  row: line,
});

export const writeGexfEdgesStatement = statement('clickhouse/cascade/export/write-gexf-edges.sql', {
  params: z.object({ ...partParams, topSeq: z.number() }),
  row: line,
});

type Deps = { facts: Pick<Facts, 'selectStream'> };
type Pieces = AsyncIterable<Uint8Array | string>;
type AskedTree = { format: ExportFormat; part: Part; asOf: string; signal: AbortSignal };

const isoTimes = { date_time_output_format: 'iso' };

/** The bytes of an export. The store writes every row; nothing but what stands around the rows is made here. */
export function streamTree({ facts }: Deps, { format, part, asOf, signal }: AskedTree): Pieces {
  const posts = (output: { format: string; settings: Record<string, string> }) =>
    facts.selectStream(streamPostsStatement, { ...part, guarded: format === 'csv' }, { ...output, signal });
  const lines = { format: 'TSVRaw', settings: {}, signal };
  const around = { ...part, asOf };
  switch (format) {
    case 'ndjson':
      return posts({ format: 'JSONEachRow', settings: isoTimes });
    case 'csv':
      return posts({ format: 'CSVWithNames', settings: { ...isoTimes, format_csv_null_representation: '' } });
    case 'arrow':
      return posts({ format: 'ArrowStream', settings: arrowSettings });
    case 'json':
      return framed(jsonFrame(around), [posts({ format: 'JSONEachRow', settings: jsonSettings })]);
    case 'graphml':
      return framed(graphmlFrame(around), [facts.selectStream(writeGraphmlStatement, part, lines)]);
    case 'gexf':
      return framed(gexfFrame(around), [
        facts.selectStream(writeGexfNodesStatement, part, lines),
        facts.selectStream(writeGexfEdgesStatement, part, lines),
      ]);
  }
}

const jsonSettings = { ...isoTimes, output_format_json_array_of_rows: '1' };
// Readers of Arrow take times in the type of the column; compressed blocks would need a codec that not all of them have.
const arrowSettings = { output_format_arrow_string_as_string: '1', output_format_arrow_compression_method: 'none' };

/** What stands before, between and after the streams. The first stream is asked first, so that its failure comes first. */
async function* framed(
  frame: Frame,
  streams: ReadonlyArray<AsyncIterable<Uint8Array>>,
): AsyncGenerator<Uint8Array | string> {
  for (const [place, stream] of streams.entries()) {
    let before = frame[place] ?? '';
    for await (const piece of stream) {
      if (before !== '') yield before;
      before = '';
      yield piece;
    }
    // A stream without a row still has its place.
    if (before !== '') yield before;
  }
  yield frame.at(-1) ?? '';
}
