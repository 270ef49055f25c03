import fc from 'fast-check';

const long = 'x'.repeat(4000);

/** Headers that a service reads, and values that it should not trip over. */
const odd: Array<[name: string, values: string[]]> = [
  ['x-request-id', ['abc', 'a b', '"}{', long, 'a/b:c=', '']],
  ['traceparent', ['00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01', '00-', 'garbage', long]],
  ['accept', ['*/*', 'application/json', 'text/html', 'image/png', 'a;q=', '']],
  ['accept-encoding', ['gzip', 'br', 'identity;q=0', '*']],
  ['accept-language', ['ne', long]],
  ['if-none-match', ['*', '"x"']],
  ['if-modified-since', ['Thu, 01 Jan 1970 00:00:00 GMT', 'yesterday']],
  ['range', ['bytes=0-0', 'bytes=999999-', 'rows=1']],
  ['origin', ['http://elsewhere.invalid', 'null']],
  ['host', ['elsewhere.invalid', 'a:b:c', '[::1]']],
  ['cookie', ['a=b', long]],
  ['authorization', ['Bearer x', 'Basic ////']],
  ['x-forwarded-for', ['1.2.3.4', '::1, a', long]],
  ['x-forwarded-host', ['elsewhere.invalid']],
  ['x-http-method-override', ['DELETE']],
  ['content-type', ['application/json', 'text/plain', 'multipart/form-data; boundary=x', ';;']],
  ['te', ['trailers']],
  ['upgrade-insecure-requests', ['1']],
];

const oneOdd = fc
  .constantFrom(...odd)
  .chain(([name, values]) => fc.constantFrom(...values).map((value) => [name, value] as const));

export const arbitraryHeaders: fc.Arbitrary<Record<string, string>> = fc
  .oneof(
    { arbitrary: fc.constant([]), weight: 3 },
    { arbitrary: fc.array(oneOdd, { minLength: 1, maxLength: 3 }), weight: 1 },
  )
  .map((pairs) => Object.fromEntries(pairs));
