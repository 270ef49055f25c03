import { Readable } from 'node:stream';

type Params = Readonly<Record<string, unknown>>;

/** A body with the parameters that are too long for an address, and the type it has to be sent under. */
export type ParamsForm = { values: Readable; http_headers: Record<string, string> };

// As many characters as the client itself lets into an address: what stands between may take no more than 8 KB in all.
const longestInAddress = 4096;

/** The client moves long parameters into a form by itself, but only for answers that it parses. */
export async function splitParams(params: Params): Promise<{ inAddress: Params; form: ParamsForm | undefined }> {
  const long = Object.entries(params).flatMap(([name, value]): [string, string][] => {
    const text = typeof value === 'string' || Array.isArray(value) ? writeParam(value) : '';
    return text.length > longestInAddress ? [[name, text]] : [];
  });
  if (long.length === 0) return { inAddress: params, form: undefined };
  const names = new Set(long.map(([name]) => name));
  const inAddress = Object.fromEntries(Object.entries(params).filter(([name]) => !names.has(name)));
  return { inAddress, form: await writeForm(long) };
}

async function writeForm(fields: ReadonlyArray<[string, string]>): Promise<ParamsForm> {
  const form = new FormData();
  for (const [name, text] of fields) form.append(`param_${name}`, text);
  const body = new Response(form);
  const contentType = body.headers.get('content-type');
  if (contentType === null) throw new Error('a form has a content type');
  const bytes = Buffer.from(await body.arrayBuffer());
  return { values: Readable.from([bytes]), http_headers: { 'Content-Type': contentType } };
}

/** The text of a value as ClickHouse reads parameters: escaped as in TabSeparated, quoted inside of a list. */
function writeParam(value: unknown): string {
  if (typeof value === 'string') return escaped(value);
  if (Array.isArray(value)) return `[${value.map(writeItem).join(',')}]`;
  throw new Error('a long parameter is a text or a list of texts or numbers');
}

function writeItem(value: unknown): string {
  if (typeof value === 'string') return `'${escaped(value)}'`;
  if (typeof value === 'number') return String(value);
  throw new Error('a list that is a parameter holds texts or numbers');
}

const escapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  "'": "\\'",
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

function escaped(text: string): string {
  return text.replace(/[\\'\n\r\t]/g, (character) => escapes[character] ?? character);
}
