// Brings statement and rows together: the statement may stand in the URL, in the body, or across both, and the rows of an
// INSERT follow it wherever it ends.
import { refusals } from '../engine/engine-exception.ts';
import { readStatement, type Statement } from '../sql/read-statement.ts';
import { type Body, type Chunks, readHead, readWhole } from './read-body.ts';
import { noRows, type Rows } from './spool-rows.ts';

export type Query = { statement: Statement; rows: Rows; engineCompression: string | undefined };

// Statements are lexed as latin1, so that offsets are byte offsets and binary rows after them do no harm.
function toBytes(text: string): Buffer {
  return Buffer.from(text, 'latin1');
}

export function decodeText(latin1: string): string {
  return toBytes(latin1).toString('utf8');
}

async function queryAcrossUrlAndBody(urlText: string, { chunks, engineCompression }: Body): Promise<Query> {
  if (engineCompression !== undefined) {
    throw refusals.notImplemented('A statement that continues in a compressed body is not supported');
  }
  const rest = (await readWhole(chunks)).toString('latin1');
  const text = rest === '' ? urlText : `${urlText}\n${rest}`;
  return { statement: readStatement(text), rows: noRows, engineCompression };
}

async function queryFromUrl(query: string, body: Body): Promise<Query> {
  const urlText = Buffer.from(query, 'utf8').toString('latin1');
  const statement = readStatement(urlText);
  if (statement.kind !== 'insert') return queryAcrossUrlAndBody(urlText, body);
  const beginning = toBytes(urlText.slice(statement.rowsAt));
  if (beginning.length > 0 && body.engineCompression !== undefined) {
    throw refusals.notImplemented('Rows in the URL and a compressed body cannot be joined');
  }
  return { statement, rows: { beginning, rest: body.chunks }, engineCompression: body.engineCompression };
}

/** The statement is known once an INSERT's rows have begun; anything else is read whole. */
function rowsBegin(head: Buffer): boolean {
  const statement = readStatement(head.toString('latin1'));
  return statement.kind === 'insert' && statement.rowsAt < head.length;
}

async function queryFromBody(chunks: Chunks): Promise<Query> {
  const { head, ended } = await readHead(chunks, rowsBegin);
  const statement = readStatement(head.toString('latin1'));
  if (statement.kind !== 'insert') return { statement, rows: noRows, engineCompression: undefined };
  const beginning = head.subarray(statement.rowsAt);
  return { statement, rows: { beginning, rest: ended ? undefined : chunks }, engineCompression: undefined };
}

/** `decompress` turns a body that only the engine can read into plain bytes; needed when the statement stands in it. */
export async function readQuery(query: string, body: Body, decompress: (body: Body) => Promise<Body>): Promise<Query> {
  if (query.trim() !== '') return queryFromUrl(query, body);
  return queryFromBody(body.engineCompression === undefined ? body.chunks : (await decompress(body)).chunks);
}
