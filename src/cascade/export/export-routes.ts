import { z } from 'zod';
import type { Facts } from '../../facts/facts.ts';
import { problem } from '../../http/problem.ts';
import { route } from '../../http/route.ts';
import { askedMoment } from '../../query/times.ts';
import { CascadeTree } from '../answers.ts';
import { noCascade, noCascadeReply } from '../cascade-problems.ts';
import { chooseFormat } from './choose-format.ts';
import { findTree, type TreeDeps } from './find-tree.ts';
import { type ExportFormat, exportFormatNames, exportFormats } from './formats.ts';
import { limitRunning } from './limit-running.ts';
import { nameFile } from './name-file.ts';
import { streamTree } from './stream-tree.ts';

export type ExportDeps = TreeDeps & { facts: Pick<Facts, 'select' | 'selectStream'> };
type Settings = { maxExports: number; lineageWaitMs: number };

const description = `Streamed in the order of linking: the root first, a parent before its shares. Of each post: \
\`postId\`, \`parentPostId\` (null for the root), \`depth\`, \`accountId\` and \`createdAt\` (null for a root whose own event \
has not come), \`weight\` of the edge from its parent (always 1). CSV: a cell that starts with = + - @ or a tab gets a \
leading \`'\`. Arrow: a stream, times as timestamps of milliseconds in UTC. GraphML and GEXF: directed, an edge leads from \
a post to its share; the posts' ids are the nodes' ids (U+FFFE and U+FFFF, which XML cannot hold, as U+FFFD and the letter \
E or F, and U+FFFD twice); GEXF is 1.3 and dynamic, nodes and edges begin when the post was made. \`format\` counts more \
than \`Accept\`; without both it is JSON. An export that breaks off breaks the connection.`;

const replyHeaders = {
  'X-Total-Nodes': 'How many posts follow.',
  'X-Total-Edges': 'How many of them have their parent among them, which is all but the first.',
  'X-As-Of': 'Up to which time of acceptance the tree speaks.',
  'Content-Disposition': 'A name to save it under.',
};

export function exportRoutes({ maxExports, lineageWaitMs }: Settings) {
  const limited = limitRunning(maxExports, () => tooManyExports(maxExports));
  return [
    route<ExportDeps>()({
      method: 'GET',
      path: '/v1/cascades/{rootPostId}/tree',
      operationId: 'exportTree',
      scope: 'cascades:read',
      tags: ['cascades'],
      summary: 'The whole tree of one cascade, or a part of it, in a form that other programs open.',
      description,
      params: z.object({ rootPostId: z.string().min(1).max(128) }),
      query: z.object({
        format: z.enum(exportFormatNames).optional(),
        at: askedMoment
          .optional()
          .meta({ description: 'Only posts that, with all above them, were there at that time.' }),
        postId: z.string().min(1).max(128).optional().meta({ description: 'Only this post and what is below it.' }),
      }),
      replies: {
        200: {
          description: 'The tree.',
          schema: CascadeTree,
          contentType: Object.values(exportFormats),
          headers: replyHeaders,
        },
        404: { description: `${noCascadeReply.description}; or post_not_in_cascade, also at that time` },
        406: { description: 'not_acceptable: `Accept` names none of the `formats`.' },
      },
      answer: async (deps, { params: { rootPostId }, query, header, signal }) => {
        const format = query.format ?? acceptable(header('accept'));
        const postId = query.postId ?? null;
        const atMs = query.at === undefined ? null : Date.parse(query.at);
        const outcome = await findTree(deps, rootPostId, { atMs, postId, lineageWaitMs });
        if (outcome.kind === 'no_such_part') throw notInCascade(rootPostId, query);
        if (outcome.kind === 'lineage_behind') throw lineageBehind(rootPostId);
        if (outcome.kind !== 'found') throw noCascade(rootPostId, outcome);
        const { part, asOf } = outcome;
        return {
          status: 200,
          contentType: contentTypeOf(format),
          headers: {
            'X-Total-Nodes': String(part.count),
            'X-Total-Edges': String(part.count - 1),
            'X-As-Of': asOf,
            'Content-Disposition': nameFile(rootPostId, format),
            Vary: 'Accept',
          },
          stream: limited(streamTree(deps, { format, part, asOf, signal })),
        };
      },
    }),
  ];
}

function acceptable(accept: string | undefined): ExportFormat {
  const format = chooseFormat(accept);
  if (format !== null) return format;
  const offer = exportFormatNames.map((name) => `${name} (${exportFormats[name]})`).join(', ');
  throw problem(406, 'not_acceptable', `The tree can be had as ${offer}.`, { members: { formats: exportFormats } });
}

function contentTypeOf(format: ExportFormat): string {
  return format === 'csv' ? `${exportFormats.csv}; charset=utf-8; header=present` : exportFormats[format];
}

function notInCascade(rootPostId: string, { postId, at }: { postId?: string | undefined; at?: string | undefined }) {
  const when = at === undefined ? '' : ` at ${at}`;
  return problem(404, 'post_not_in_cascade', `There is no "${postId}" in the cascade of "${rootPostId}"${when}.`);
}

function lineageBehind(rootPostId: string) {
  const detail = `The tree of "${rootPostId}" has not reached the facts store yet. Try again shortly.`;
  return problem(503, 'lineage_behind', detail, { headers: { 'retry-after': '1' } });
}

function tooManyExports(most: number) {
  const detail = `${most} exports are running, which is as many as run at a time. Try again when one has ended.`;
  return problem(429, 'too_many_exports', detail, { headers: { 'retry-after': '1' } });
}
