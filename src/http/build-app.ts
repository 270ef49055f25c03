import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import helmet from 'helmet';
import type { Logger } from '../observe/create-logger.ts';
import type { Metrics } from '../observe/create-metrics.ts';
import { findRoute } from './find-route.ts';
import { limitRequests, type RequestLimits } from './limit/limit-requests.ts';
import { observeRequest } from './observe-request.ts';
import { type FaultToProblem, problem, toProblem } from './problem.ts';
import { checkReply } from './reply/check-reply.ts';
import { sendProblem } from './reply/send-problem.ts';
import { sendReply } from './reply/send-reply.ts';
import { checkAddress } from './request/check-address.ts';
import { identifyRequest } from './request/identify-request.ts';
import { receiveBody } from './request/receive-body.ts';
import type { RequestValue } from './request/request-value.ts';
import type { MountedRoute } from './route.ts';

export type AppOptions = {
  routes: readonly MountedRoute[];
  logger: Logger;
  metrics: Metrics;
  /** Knows the drivers: tells a store that does not answer (503) from a fault of ours (500). */
  faultToProblem?: FaultToProblem;
  /** For tests: an answer that differs from what its route documents is thrown. */
  checkReplies?: boolean;
  /** Whose word about a client's address is taken: a number of proxies or their addresses; nobody's by default. */
  trustProxy?: number | string | false;
  requestLimits?: RequestLimits;
};

/** The Express app: everything before and after a route's answer. */
export function buildApp(options: AppOptions): Express {
  const app = express();
  app.disable('x-powered-by').disable('etag').enable('strict routing').enable('case sensitive routing');
  app.set('query parser', false);
  app.set('trust proxy', options.trustProxy ?? false);
  app.use(helmet(headerPolicy));
  app.use((request: Request, response: Response, next: NextFunction) => {
    const requestId = identifyRequest(request, response);
    response.locals['requestId'] = requestId;
    observeRequest(options, { request, response, requestId });
    checkAddress(request);
    if (request.method === 'TRACE') throw methodNotAllowed('TRACE', []);
    next();
  });
  if (options.requestLimits !== undefined) {
    for (const limit of limitRequests(options, options.requestLimits)) app.use(limit);
  }
  mountRoutes(app, options);
  app.use((request: Request) => {
    throw problem(404, 'route_not_found', `There is nothing at ${request.path.slice(0, 200)}.`);
  });
  app.use(answerFault(options));
  return app;
}

const headerPolicy = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", 'data:'],
      fontSrc: ["'self'"],
      connectSrc: ["'self'"],
      formAction: ["'self'"],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
  },
  // Whoever ends TLS in front of the service decides about this one.
  strictTransportSecurity: false,
};

function mountRoutes(app: Express, options: AppOptions): void {
  for (const { path, byMethod } of findRoute(options.routes)) {
    for (const [method, route] of byMethod) app[method](path, answerWith(route, options));
    const allowed = [...byMethod.keys()].map((method) => method.toUpperCase());
    if (byMethod.has('get')) allowed.push('HEAD');
    app.all(path, (request: Request, response: Response) => {
      if (request.method !== 'OPTIONS') throw methodNotAllowed(request.method, allowed);
      response
        .status(204)
        .set('Allow', [...allowed, 'OPTIONS'].join(', '))
        .end();
    });
  }
}

function methodNotAllowed(method: string, allowed: readonly string[]) {
  const offer = allowed.length === 0 ? '' : ` Use ${allowed.join(' or ')}.`;
  return problem(405, 'method_not_allowed', `${method} is not answered here.${offer}`, {
    headers: { allow: allowed.join(', ') },
  });
}

function answerWith(route: MountedRoute, options: AppOptions) {
  return async (request: Request, response: Response): Promise<void> => {
    response.locals['route'] = route.path;
    const reply = await route.handle(requestValue(request, response));
    if (options.checkReplies === true) checkReply(route, reply);
    if (!response.destroyed) await sendReply({ request, response }, reply);
  };
}

function requestValue(request: Request, response: Response): RequestValue {
  const gone = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  const url = request.originalUrl;
  const question = url.indexOf('?');
  return {
    pathParams: singles(request.params),
    search: question < 0 ? '' : url.slice(question + 1),
    url,
    requestId: String(response.locals['requestId']),
    signal: gone.signal,
    header: (name) => request.get(name),
    receive: (limits) => receiveBody(request, limits),
  };
}

function singles(params: Request['params']): Record<string, string> {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, String(value)]));
}

function answerFault({ faultToProblem, logger }: AppOptions) {
  // Express tells an error handler by its four parameters.
  return (fault: unknown, request: Request, response: Response, _next: NextFunction): void => {
    const requestId = String(response.locals['requestId']);
    const answer = toProblem(fault, faultToProblem ?? (() => undefined));
    const clientGone = response.destroyed && !response.headersSent;
    if (answer.status >= 500 && !clientGone) logger.error({ requestId, err: answer.cause ?? answer }, answer.code);
    sendProblem({ request, response }, answer, requestId);
  };
}
