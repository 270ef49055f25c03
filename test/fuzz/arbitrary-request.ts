import fc from 'fast-check';
import { arbitraryBody, type FuzzBody } from './arbitrary-body.ts';
import { arbitraryHeaders } from './arbitrary-headers.ts';
import { arbitraryValue, type Schemas } from './arbitrary-value.ts';
import type { KnownValues } from './known-values.ts';
import type { ApiDocument, Operation, Parameter } from './read-document.ts';

export type FuzzRequest = {
  /** Undefined where the request goes to no operation of the document. */
  operation: Operation | undefined;
  method: string;
  path: string;
  headers: Record<string, string>;
  body: Buffer | undefined;
};

type Sources = { schemas: Schemas; known: KnownValues };

/** Requests to every operation, most of them valid or one step from it, and some to places that do not exist. */
export function arbitraryRequest({ operations, schemas }: ApiDocument, known: KnownValues): fc.Arbitrary<FuzzRequest> {
  const sources = { schemas, known };
  const toOperations = operations.map((operation) => requestTo(operation, sources));
  const weighted = toOperations.map((arbitrary, at) => ({
    arbitrary,
    weight: operations[at]?.bodies.size === 0 ? 4 : 12,
  }));
  return fc.oneof(...weighted, { arbitrary: requestToNowhere(operations), weight: 4 });
}

function requestTo(operation: Operation, sources: Sources): fc.Arbitrary<FuzzRequest> {
  return fc
    .record({
      method: arbitraryMethod(operation.method),
      path: arbitraryPath(operation, sources),
      search: arbitrarySearch(operation, sources),
      headers: arbitraryHeaders,
      body: arbitraryBody(operation, sources.schemas),
    })
    .map(({ method, path, search, headers, body }) => {
      const isHead = method === 'HEAD' && operation.method === 'GET';
      return {
        operation: method === operation.method || isHead ? operation : undefined,
        method,
        path: search === '' ? path : `${path}?${search}`,
        ...withBody(method, headers, body),
      };
    });
}

function withBody(method: string, headers: Record<string, string>, { bytes, headers: own }: FuzzBody) {
  const isBodiless = method === 'GET' || method === 'HEAD' || bytes === undefined;
  return isBodiless ? { headers, body: undefined } : { headers: { ...headers, ...own }, body: bytes };
}

function arbitraryMethod(method: string): fc.Arbitrary<string> {
  const others = ['HEAD', 'OPTIONS', 'POST', 'PUT', 'DELETE', 'PATCH', 'TRACE'].filter((other) => other !== method);
  // HEAD of something that is written is no operation, and every other method of a path is 405 or an operation of its own.
  const strange = method === 'GET' ? ['HEAD', 'HEAD', 'OPTIONS', 'TRACE'] : ['OPTIONS', 'TRACE'];
  return fc.oneof(
    { arbitrary: fc.constant(method), weight: 30 },
    { arbitrary: fc.constantFrom(...strange), weight: 2 },
    { arbitrary: fc.constantFrom(...others.filter((other) => other === 'TRACE')), weight: 1 },
  );
}

/** Ways to write a text into an address that are no encodings, or not its only one. */
const oddSpellings = [
  '%',
  '%zz',
  '%00',
  '%0a',
  '%c0%af',
  '%ed%a0%80',
  '%2F',
  '..%2f..%2f',
  '%252F',
  '%u0041',
  '+',
  '%20',
  "'",
  '"'.replace('"', '%22'),
  '%F0%9F%91%8D',
  '%e2%80%ae',
  ';',
  ',',
  '[]',
  '$',
  '&',
  '=',
  '#'.replace('#', '%23'),
  '~',
  '%7e',
  '%41',
  'a'.repeat(129),
  'a'.repeat(2001),
  '%61'.repeat(400),
];

const arbitraryOddText = fc.oneof(
  { arbitrary: fc.constantFrom(...oddSpellings), weight: 5 },
  { arbitrary: fc.string({ unit: 'binary', maxLength: 20 }).map(encode), weight: 2 },
  { arbitrary: fc.string({ unit: 'grapheme', maxLength: 40 }).map(encode), weight: 2 },
  {
    arbitrary: fc.constantFrom(
      'null',
      'undefined',
      'NaN',
      'true',
      '-1',
      '0',
      '1e9',
      '1.5',
      '99999999999999999999',
      '0x10',
      '{}',
      '%5B1%5D',
    ),
    weight: 3,
  },
);

// Half a surrogate pair has no encoding; a buffer puts the replacement character there.
function encode(text: string): string {
  return encodeURIComponent(Buffer.from(text).toString());
}

function arbitraryPath(operation: Operation, sources: Sources): fc.Arbitrary<string> {
  const inPath = operation.parameters.filter((parameter) => parameter.in === 'path');
  const values = fc.tuple(...inPath.map((parameter) => arbitraryText(parameter, sources)));
  return values.map((texts) =>
    inPath.reduce((path, { name }, at) => path.replace(`{${name}}`, () => texts[at] || 'x'), operation.path),
  );
}

/** One parameter's text as it stands in the address: known, allowed or neither. */
function arbitraryText(parameter: Parameter, { schemas, known }: Sources): fc.Arbitrary<string> {
  const names = known.get(parameter.name) ?? [];
  const allowed = allowedValue(parameter, schemas).map((value) => encode(String(value)));
  return fc.oneof(
    ...(names.length === 0 ? [] : [{ arbitrary: fc.constantFrom(...names).map(encode), weight: 5 }]),
    { arbitrary: allowed, weight: 8 },
    { arbitrary: arbitraryOddText, weight: 2 },
  );
}

const longestWaitMs = 200;

function allowedValue({ name, schema }: Parameter, schemas: Schemas): fc.Arbitrary<unknown> {
  // A request may ask to be kept waiting; that is no hang, but it would take the time of the others.
  return name === 'timeoutMs' ? fc.integer({ min: 0, max: longestWaitMs }) : arbitraryValue(schema, schemas);
}

function arbitrarySearch(operation: Operation, sources: Sources): fc.Arbitrary<string> {
  const inQuery = operation.parameters.filter((parameter) => parameter.in === 'query');
  const strange = fc.constantFrom(
    'unknown=1',
    '__proto__=1',
    'limit[]=1',
    '=',
    '&&',
    'a',
    '%00=1',
    'constructor[prototype]=1',
    '%zz=1',
    '?',
  );
  if (inQuery.length === 0)
    return fc.oneof({ arbitrary: fc.constant(''), weight: 12 }, { arbitrary: strange, weight: 1 });
  const pair = fc
    .constantFrom(...inQuery)
    .chain((parameter) => arbitraryText(parameter, sources).map((text) => `${parameter.name}=${text}`));
  const needed = inQuery
    .filter(({ required }) => required)
    .map((parameter) => arbitraryText(parameter, sources).map((text) => `${parameter.name}=${text}`));
  const pairs = fc.tuple(fc.tuple(...needed), fc.uniqueArray(pair, { maxLength: 3, selector: nameOf }));
  return fc
    .record({
      pairs,
      odd: fc.oneof(
        { arbitrary: fc.constant([]), weight: 10 },
        { arbitrary: strange.map((text) => [text]), weight: 1 },
        { arbitrary: pair.map((text) => [text]), weight: 1 },
      ),
    })
    .map(({ pairs: [first, more], odd }) =>
      withShortWait([...new Map([...more, ...first].map((text) => [nameOf(text), text])).values(), ...odd]),
    );
}

function nameOf(pair: string): string {
  return pair.slice(0, pair.indexOf('='));
}

function withShortWait(pairs: string[]): string {
  const waits = pairs.some((pair) => pair.startsWith('wait=')) && !pairs.some((pair) => pair.startsWith('timeoutMs='));
  return (waits ? [...pairs, `timeoutMs=${longestWaitMs}`] : pairs).join('&');
}

function requestToNowhere(operations: readonly Operation[]): fc.Arbitrary<FuzzRequest> {
  const paths = operations.map(({ path }) => path.replaceAll(/\{\w+\}/g, 'x'));
  const near = fc
    .constantFrom(...paths)
    .chain((path) =>
      fc.constantFrom(
        `${path}/`,
        `/${path}`,
        `${path}/more`,
        path.toUpperCase(),
        `${path}%2f`,
        `${path}//`,
        `${path}/..`,
      ),
    )
    .filter((path) => !paths.includes(path));
  const far = fc.array(
    fc.oneof(fc.constantFrom('v1', 'posts', 'cascades', '..', '.', '%2e%2e', ''), arbitraryOddText),
    { maxLength: 5 },
  );
  return fc
    .record({
      method: fc.constantFrom('GET', 'HEAD', 'POST', 'DELETE', 'OPTIONS'),
      path: fc.oneof(
        near,
        far.map((parts) => `/none/${parts.join('/')}`),
      ),
      headers: arbitraryHeaders,
    })
    .map(({ method, path, headers }) => ({ operation: undefined, method, path, headers, body: undefined }));
}
