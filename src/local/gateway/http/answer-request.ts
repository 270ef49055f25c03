// Answers one request: who asks, what is asked, may they, run it.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type EngineException, parseEngineError, refusals } from '../engine/engine-exception.ts';
import type { Engine } from '../engine/open-engine.ts';
import type { Run } from '../engine/run-statement.ts';
import type { Slots } from '../engine/slots.ts';
import type { Admission } from './admission.ts';
import { authenticate, type Credentials, type Role } from './authenticate.ts';
import { type Body, bodyOf, readBody } from './read-body.ts';
import { formBoundary, joinForm } from './read-form.ts';
import { readOptions } from './read-options.ts';
import { readQuery } from './read-query.ts';
import { decompressBody, runQuery } from './run-query.ts';
import { sendException } from './send-exception.ts';

export type Answering = {
  engine: Engine;
  credentials: Credentials;
  defaultDatabase: string;
  displayName: string;
  maxBodyBytes: number;
  /** A form is held in memory whole, unlike the rows of an INSERT. */
  maxFormBytes: number;
  admissions: Readonly<Record<Role, Admission>>;
};

type Asked = { request: IncomingMessage; response: ServerResponse; url: URLSearchParams };

function cancelOnDisconnect(response: ServerResponse): AbortSignal {
  const controller = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) controller.abort();
  });
  return controller.signal;
}

async function inPlace(places: Slots<number> | undefined, work: () => Promise<void>): Promise<void> {
  if (places === undefined) return work();
  const place = await places.take();
  try {
    await work();
  } finally {
    places.give(place);
  }
}

type Received = { said: URLSearchParams; body: Body };

/** What is asked, wherever it stands, and the rest of the body. Only known users get this far, so that bodies are theirs. */
async function receive({ maxBodyBytes, maxFormBytes }: Answering, { request, url }: Asked): Promise<Received> {
  const nothing = bodyOf(Buffer.alloc(0));
  if (request.method !== 'POST') return { said: url, body: nothing };
  const boundary = formBoundary(request.headers['content-type']);
  if (boundary === undefined) return { said: url, body: readBody(request, maxBodyBytes) };
  return { said: await joinForm(url, readBody(request, maxFormBytes), boundary), body: nothing };
}

async function answerQuery(answering: Answering, asked: Asked): Promise<void> {
  const { engine, credentials, defaultDatabase, admissions } = answering;
  const { request, response, url } = asked;
  const user = authenticate(credentials, request.headers, url);
  const { said, body } = await receive(answering, asked);
  const options = readOptions(request, said, defaultDatabase);
  response.setHeader('X-ClickHouse-Query-Id', options.queryId);
  const admission = admissions[user.role];
  const safe = request.method !== 'POST';
  const settings = admission.settings(options, safe);
  const run: Run = {
    database: admission.database(options),
    parameters: options.parameters,
    settings,
    signal: cancelOnDisconnect(response),
  };
  const query = await readQuery(options.query, body, (compressed) => decompressBody({ engine, run }, compressed));
  await inPlace(admission.places, async () => {
    await runQuery({ engine, run, options, response }, await admission.admit(query, options, run));
  });
}

function answerPlain(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=UTF-8' });
  response.end(text);
}

function asException(error: unknown): EngineException {
  const exception = parseEngineError(error);
  return exception.exceptionName === 'UNKNOWN_EXCEPTION' ? refusals.badArguments(exception.message) : exception;
}

function answerFailure({ request, response }: Asked, error: unknown, version: string): void {
  // What is left of the body must be taken off the connection, or the next request on it would start inside this one;
  // a long rest is not worth reading, so then the connection ends.
  if (!request.complete) response.setHeader('Connection', 'close');
  sendException(response, asException(error), version);
  request.resume();
}

const methods = ['GET', 'HEAD', 'POST', 'OPTIONS'];

export async function answerRequest(
  answering: Answering,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://gateway');
  const asked = { request, response, url: searchParams };
  response.setHeader('X-ClickHouse-Server-Display-Name', answering.displayName);
  response.setHeader('X-ClickHouse-Timezone', answering.engine.timezone);
  if (pathname === '/ping' || pathname === '/replicas_status') return answerPlain(response, 200, 'Ok.\n');
  if (pathname !== '/') return answerPlain(response, 404, `There is no handle ${pathname}\n`);
  if (!methods.includes(request.method ?? '')) return answerPlain(response, 405, 'Use GET or POST\n');
  if (request.method !== 'POST' && !searchParams.has('query')) return answerPlain(response, 200, 'Ok.\n');
  try {
    await answerQuery(answering, asked);
  } catch (error) {
    answerFailure(asked, error, answering.engine.version);
  }
}
