import type { z } from 'zod';
import type { Reply, ReplyFor, ReplyRules } from './reply/reply.ts';
import type { BodyRule, BodyValue } from './request/body-rule.ts';
import { readBodyValue } from './request/read-body-value.ts';
import { readPathParams, readQuery } from './request/read-parameters.ts';
import type { RequestValue } from './request/request-value.ts';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What a caller must be allowed to do; `public` is said aloud as well. */
type Scope = 'public' | `${string}:read` | `${string}:write` | `${string}:admin`;

type Described = {
  method: Method;
  /** `/v1/posts/{postId}/path` or `/v1/posts/:postId/path`. */
  path: `/${string}`;
  operationId: string;
  scope: Scope;
  tags: readonly string[];
  summary: string;
  description?: string;
  /** The answer may be given again to whoever asks the same, see remember/remember-answers.ts. */
  remember?: Remembering;
};

/** The parameters that fix an answer: with one of them, it does not depend on the moment at which it is asked. */
export type Remembering = { fixedBy: readonly string[] };

type AnswerInput<P extends z.ZodObject, Q extends z.ZodObject, B extends BodyRule | undefined> = {
  params: z.output<P>;
  query: z.output<Q>;
  body: BodyValue<B>;
  requestId: string;
  /** Aborted when the client has gone. */
  signal: AbortSignal;
  /** Path and query as asked, for links to the next page. */
  url: string;
  header: (name: string) => string | undefined;
};

type NoFields = z.ZodObject<Record<never, never>>;

export type RouteDefinition<
  Deps,
  P extends z.ZodObject,
  Q extends z.ZodObject,
  B extends BodyRule | undefined,
  R extends ReplyRules,
> = Described & {
  params?: P;
  query?: Q;
  body?: B;
  /** Asked before the body is read; throws a problem where the request cannot be taken, whatever it holds. */
  admit?: (deps: Deps) => void;
  replies: R;
  answer: Answer<Deps, P, Q, B, R>;
};

// A conditional type, although its condition always holds: the compiler then fills in R before it looks at the
// function's body, so that `status: 200` stays 200 and a word in the body stays that word.
type Answer<
  Deps,
  P extends z.ZodObject,
  Q extends z.ZodObject,
  B extends BodyRule | undefined,
  R extends ReplyRules,
> = R extends ReplyRules ? (deps: Deps, input: AnswerInput<P, Q, B>) => ReplyFor<R> | Promise<ReplyFor<R>> : never;

/** An endpoint as data. Express handlers, OpenAPI and the client's types are made from the same value. */
export type Route<Deps> = Described & {
  params: z.ZodObject | undefined;
  query: z.ZodObject | undefined;
  body: BodyRule | undefined;
  replies: ReplyRules;
  handle: (deps: Deps, request: RequestValue) => Promise<Reply>;
};

export type MountedRoute = Omit<Route<never>, 'handle'> & { handle: (request: RequestValue) => Promise<Reply> };

/** `route<Deps>()({ ... })`: the dependencies are named, everything else is inferred from the schemas. */
export function route<Deps>() {
  return <
    R extends ReplyRules,
    P extends z.ZodObject = NoFields,
    Q extends z.ZodObject = NoFields,
    B extends BodyRule | undefined = undefined,
  >(
    definition: RouteDefinition<Deps, P, Q, B, R>,
  ): Route<Deps> => {
    checkDefinition(definition);
    const { params, query, body, admit, answer, path, ...described } = definition;
    const readParams = readPathParams(params);
    const readSearch = readQuery(query);
    const readBody = readBodyValue(body);
    return {
      ...described,
      path: withBraces(path),
      params,
      query,
      body,
      handle: async (deps, request) => {
        const asked = { params: readParams(request.pathParams), query: readSearch(request.search) };
        admit?.(deps);
        const { requestId, signal, url, header } = request;
        return answer(deps, { ...asked, body: await readBody(request), requestId, signal, url, header });
      },
    };
  };
}

/** Binds routes to what they need; each route sees only its own part of `deps`. */
export function mount<Deps>(routes: ReadonlyArray<Route<NoInfer<Deps>>>, deps: Deps): MountedRoute[] {
  return routes.map(({ handle, ...described }) => ({ ...described, handle: (request) => handle(deps, request) }));
}

const scopePattern = /^(public|[a-z-]+:(read|write|admin))$/;

// The compiler says the same; this is for a definition that was put together at run time.
function checkDefinition(definition: {
  path: `/${string}`;
  scope?: string;
  params?: z.ZodObject;
  replies: ReplyRules;
  operationId: string;
}): void {
  const { path, scope, params, operationId } = definition;
  if (scope === undefined || !scopePattern.test(scope))
    throw new Error(`route ${operationId} (${path}) names no scope`);
  const inPath = pathParamNames(path).sort().join();
  const inSchema = Object.keys(params?.shape ?? {})
    .sort()
    .join();
  if (inPath !== inSchema) throw new Error(`route ${operationId}: the path has {${inPath}}, its schema {${inSchema}}`);
  if (Object.keys(definition.replies).length === 0) throw new Error(`route ${operationId} describes no reply`);
}

// One spelling from here on: OpenAPI's, which is also what logs and numbers show.
function withBraces(path: `/${string}`): `/${string}` {
  return `/${path.slice(1).replaceAll(/:(\w+)/g, '{$1}')}`;
}

function pathParamNames(path: `/${string}`): string[] {
  return [...withBraces(path).matchAll(/\{(\w+)\}/g)].flatMap(([, name]) => (name === undefined ? [] : [name]));
}
