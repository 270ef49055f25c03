import { chooseFormat } from '../../../src/cascade/export/choose-format.ts';

test.each([
  [undefined, 'json'],
  ['', 'json'],
  ['*/*', 'json'],
  ['application/*', 'json'],
  ['text/*', 'csv'],
  ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'json'],
  ['application/x-ndjson', 'ndjson'],
  ['TEXT/CSV; header=present', 'csv'],
  ['application/vnd.apache.arrow.stream', 'arrow'],
  ['application/json;q=0.5, application/gexf+xml', 'gexf'],
  ['application/json;q=0.5, text/csv;q=0.6', 'csv'],
  ['text/csv, application/json', 'csv'],
  ['*/*, application/graphml+xml', 'graphml'],
  ['*/*;q=0.5, application/json;q=0, application/x-ndjson;q=0', 'csv'],
  ['text/*, text/csv;q=0', null],
  ['application/*, application/json;q=0', 'ndjson'],
  ['text/html', null],
  ['application/json;q=0', null],
  ['application/json;q=2', null],
  ['application/json;q=', null],
  ['application/json;q=x, text/csv;q=0.001', 'csv'],
  [', ,text/csv,', 'csv'],
])('%j prefers %j', (accept, format) => {
  expect(chooseFormat(accept)).toBe(format);
});
