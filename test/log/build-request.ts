import { randomUUID } from 'node:crypto';
import { type AppendRequest, packIds } from '../../src/log/append.ts';
import { recordBytes, writeRecord } from '../../src/log/entry-records.ts';
import { type Log, openLog } from '../../src/log/open-log.ts';

export type TestItem = { id: string; content: number; group?: number; timestampMs?: number };

export const startMs = Date.UTC(2026, 0, 1);

/** A request whose items are small JSON objects; the content number stands for the digest. */
export function buildRequest(items: TestItem[], acceptedAtMs = startMs, rejected = 0): AppendRequest {
  const records = Buffer.alloc(items.length * recordBytes);
  const view = new DataView(records.buffer, records.byteOffset, records.length);
  const groups = Buffer.alloc(items.length * 2);
  const bodies = items.map((item, place) => {
    const bytes = bytesOf(item);
    const timestampMs = item.timestampMs ?? acceptedAtMs;
    writeRecord(view, place, {
      timestampMs,
      digest: (item.content * 65_537) % 2 ** 48,
      corrected: false,
      length: bytes.length,
    });
    groups.writeUInt16LE(item.group ?? 0, place * 2);
    return bytes;
  });
  return {
    ids: packIds(items.map(({ id }) => id)),
    records,
    body: Buffer.concat(bodies.flatMap((bytes, place) => (place === 0 ? [bytes] : [Buffer.from(','), bytes]))),
    acceptedAtMs,
    rejected,
    maxTimestampMs: Math.max(0, ...items.map(({ timestampMs }) => timestampMs ?? acceptedAtMs)),
    groups: items.some(({ group }) => group) ? groups : Buffer.alloc(0),
  };
}

export function bytesOf(item: TestItem): Buffer {
  return Buffer.from(JSON.stringify({ id: item.id, content: item.content, text: '\u{1F44D}\u200d' }));
}

export async function openTestLog(url: string, idMemoryBytes = 1_000_000): Promise<Log> {
  return openLog({ url, prefix: `{test-${randomUUID()}}`, idMemoryBytes, answerTimeoutMs: 1000 });
}

export async function readAll(log: Log): Promise<{ seq: number; text: string }[]> {
  const found: { seq: number; text: string }[] = [];
  for (let after = '0-0'; ; ) {
    const entries = await log.read({ after, maxEntries: 100, blockMs: 0 });
    for (const entry of entries) {
      for (const item of entry.items) found.push({ seq: item.seq, text: item.bytes.toString() });
      after = entry.id;
    }
    if (entries.length === 0) return found;
  }
}
