// A statement and its parameters as fields of a multipart/form-data body, where they are too long for an address. Read by
// hand because the parser that Node brings drops a byte order mark at the beginning of a value, which can belong to an id.
import { refusals } from '../engine/engine-exception.ts';
import { type Body, readWhole } from './read-body.ts';

type Field = { name: string; value: string };

const formType = /^multipart\/form-data\s*(?:;|$)/i;
const boundaryParameter = /;\s*boundary=(?:"([^"]{1,200})"|([^\s;"]{1,200}))/i;
const fieldName = /^content-disposition:\s*form-data\s*;(?:.*;)?\s*name="([^"]*)"/im;
const fileName = /^content-disposition:.*;\s*filename\*?=/im;
const lineEnd = '\r\n';
const headEnd = `${lineEnd}${lineEnd}`;

/** The boundary of a form; undefined for a body that is none. */
export function formBoundary(contentType: string | undefined): string | undefined {
  if (contentType === undefined || !formType.test(contentType)) return undefined;
  const found = boundaryParameter.exec(contentType);
  const boundary = found?.[1] ?? found?.[2];
  if (boundary === undefined) throw refusals.badArguments('A multipart/form-data body must name its boundary');
  return boundary;
}

/** What the address says and what the form says, as if all of it stood in the address. */
export async function joinForm(url: URLSearchParams, body: Body, boundary: string): Promise<URLSearchParams> {
  if (body.engineCompression !== undefined) throw refusals.notImplemented('A compressed form is not supported here');
  const joined = new URLSearchParams(url);
  for (const { name, value } of readFields(await readWhole(body.chunks), boundary)) {
    if (joined.has(name)) throw refusals.badArguments(`${JSON.stringify(name)} is given twice`);
    joined.append(name, value);
  }
  return joined;
}

function readFields(body: Buffer, boundary: string): Field[] {
  const fields: Field[] = [];
  const mark = Buffer.from(`--${boundary}`);
  if (!body.subarray(0, mark.length).equals(mark)) throw broken();
  let at = mark.length;
  while (!startsWith(body, at, '--')) {
    if (!startsWith(body, at, lineEnd)) throw broken();
    const end = body.indexOf(`${lineEnd}--${boundary}`, at + lineEnd.length);
    if (end < 0) throw broken();
    fields.push(readField(body.subarray(at + lineEnd.length, end)));
    at = end + lineEnd.length + mark.length;
  }
  return fields;
}

function readField(part: Buffer): Field {
  const headLength = part.indexOf(headEnd);
  if (headLength < 0) throw broken();
  const head = part.toString('utf8', 0, headLength);
  if (fileName.test(head)) throw refusals.notImplemented('Files in a form (external tables) are not supported here');
  const name = fieldName.exec(head)?.[1];
  if (name === undefined) throw broken();
  return { name, value: part.toString('utf8', headLength + headEnd.length) };
}

function startsWith(bytes: Buffer, at: number, text: string): boolean {
  return bytes.toString('latin1', at, at + text.length) === text;
}

function broken() {
  return refusals.badArguments('The multipart/form-data body cannot be read');
}
