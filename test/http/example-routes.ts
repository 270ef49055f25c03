import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { problem } from '../../src/http/problem.ts';
import { mount, route } from '../../src/http/route.ts';

const Post = z.object({ postId: z.string(), limit: z.number() }).meta({ id: 'ExamplePost' });

type GraphDeps = { graph: { depthOf(postId: string): number } };
type FactsDeps = { facts: { count(): Promise<number> } };

const readPostRoute = route<GraphDeps>()({
  method: 'GET',
  path: '/v1/posts/{postId}/path',
  operationId: 'readPostPath',
  scope: 'posts:read',
  tags: ['posts'],
  summary: 'The chain of posts to this one.',
  params: z.object({ postId: z.string().min(1).max(200) }),
  query: z.object({ limit: z.number().int().min(1).max(1000).default(50), exact: z.boolean().optional() }),
  replies: { 200: { description: 'The chain', schema: Post }, 404: { description: 'No such post' } },
  answer: async ({ graph }, { params, query }) => {
    if (graph.depthOf(params.postId) < 0) throw problem(404, 'post_not_found', 'There is no such post.');
    return { status: 200, body: { postId: params.postId, limit: query.limit } };
  },
});

const countRoute = route<FactsDeps>()({
  method: 'GET',
  path: '/v1/posts/count',
  operationId: 'countPosts',
  scope: 'posts:read',
  tags: ['posts'],
  summary: 'How many posts there are.',
  replies: { 200: { description: 'The number', schema: z.object({ count: z.number() }) } },
  answer: async ({ facts }) => ({ status: 200, body: { count: await facts.count() } }),
});

const readByIdRoute = route<GraphDeps>()({
  method: 'GET',
  path: '/v1/posts/:postId',
  operationId: 'readPost',
  scope: 'posts:read',
  tags: ['posts'],
  summary: 'One post.',
  params: z.object({ postId: z.string() }),
  replies: { 200: { description: 'The post', schema: z.object({ postId: z.string() }) } },
  answer: (_deps, { params }) => ({ status: 200, body: { postId: params.postId } }),
});

const echoRoute = route<object>()({
  method: 'POST',
  path: '/v1/echo',
  operationId: 'echo',
  scope: 'events:write',
  tags: ['events'],
  summary: 'Gives the body back.',
  body: {
    kind: 'raw',
    contentTypes: ['application/json', 'application/x-ndjson'],
    maxBytes: 1_000_000,
    maxCompressedBytes: 10_000,
    timeoutMs: 400,
  },
  replies: { 200: { description: 'The same bytes', contentType: 'application/octet-stream' } },
  answer: (_deps, { body }) => ({ status: 200, contentType: 'application/octet-stream', bytes: body.bytes }),
});

const jsonRoute = route<object>()({
  method: 'POST',
  path: '/v1/names',
  operationId: 'nameThing',
  scope: 'events:write',
  tags: ['events'],
  summary: 'Takes a name.',
  body: { kind: 'json', schema: z.strictObject({ name: z.string().min(1), 'a/b': z.number().optional() }) },
  replies: { 201: { description: 'Named', schema: z.object({ hello: z.string() }) } },
  answer: (_deps, { body }) => ({ status: 201, body: { hello: body.name } }),
});

async function* countUp(upTo: number): AsyncGenerator<string> {
  for (let number = 0; number < upTo; number += 1) yield `${number}\n`;
}

async function* breakAt(breaksAfter: number): AsyncGenerator<string> {
  for (let number = 0; number < breaksAfter; number += 1) yield `${number}\n`;
  throw new Error('the query broke');
}

const streamRoute = route<object>()({
  method: 'GET',
  path: '/v1/numbers',
  operationId: 'streamNumbers',
  scope: 'posts:read',
  tags: ['posts'],
  summary: 'Numbers, one a line.',
  query: z.object({ upTo: z.number().int().max(1_000_000).default(3), breakAfter: z.number().int().optional() }),
  replies: { 200: { description: 'Numbers', contentType: 'text/plain' } },
  answer: (_deps, { query }) => ({
    status: 200,
    contentType: 'text/plain; charset=utf-8',
    stream: query.breakAfter === undefined ? countUp(query.upTo) : breakAt(query.breakAfter),
  }),
});

const faultRoute = route<object>()({
  method: 'GET',
  path: '/v1/faults/{kind}',
  operationId: 'fault',
  scope: 'posts:read',
  tags: ['posts'],
  summary: 'Goes wrong.',
  params: z.object({ kind: z.string() }),
  replies: { 200: { description: 'Never', schema: z.object({ good: z.boolean() }) } },
  answer: (_deps, { params }) => {
    if (params.kind === 'undocumented') return JSON.parse('{"status":299,"body":{}}');
    if (params.kind === 'misshapen') return JSON.parse('{"status":200,"body":{"good":true,"more":1}}');
    throw new Error(`secret inside: ${params.kind}`);
  },
});

const slowRoute = route<{ gone?: () => void }>()({
  method: 'GET',
  path: '/v1/slow',
  operationId: 'slow',
  scope: 'posts:read',
  tags: ['posts'],
  summary: 'Takes its time.',
  query: z.object({ delayMs: z.number().int().max(5000).default(200) }),
  replies: { 200: { description: 'At last', schema: z.object({ done: z.boolean() }) } },
  answer: async ({ gone }, { query, signal }) => {
    signal.addEventListener('abort', () => gone?.());
    await sleep(query.delayMs);
    return { status: 200, body: { done: true } };
  },
});

export function exampleRoutes(gone: () => void = () => undefined) {
  const graph = { depthOf: (postId: string) => (postId === 'none' ? -1 : 1) };
  const facts = { count: async () => 7 };
  const routes = [readPostRoute, readByIdRoute, countRoute, echoRoute, jsonRoute, streamRoute, faultRoute, slowRoute];
  return mount(routes, { graph, facts, gone });
}
