import { isAscii, isUtf8 } from 'node:buffer';
import { addSpan, roomFor, type Scan, type ScanFault, type ScanLimits, type Spans, scanJson } from './scan-json.ts';

/** Why one item cannot even be looked at. */
export type Refusal = { code: string; pointer: string; detail: string };

/** The items of one request in order; `values[n]` was parsed from `body[starts[n], ends[n])` unless `refusals` has it. */
export type Items = { body: Buffer; values: unknown[]; spans: Spans; refusals: Map<number, Refusal> };

export type Unreadable = { status: 400 | 413; code: string; detail: string };

export type ReadItems = { ok: true; items: Items } | { ok: false; problem: Unreadable };

export type Framing = 'json' | 'ndjson';

export function readItems(body: Buffer, framing: Framing, limits: ScanLimits): ReadItems {
  if (body.length === 0) return refuse(400, 'body_empty', 'The body is empty.');
  return framing === 'ndjson' ? readLines(body, limits) : readDocument(body, limits);
}

function refuse(status: 400 | 413, code: string, detail: string): ReadItems {
  return { ok: false, problem: { status, code, detail } };
}

function tooLarge(fault: ScanFault, limits: ScanLimits): ReadItems {
  return refuse(413, fault, describeFault(fault, limits));
}

function describeFault(fault: ScanFault, limits: ScanLimits): string {
  switch (fault) {
    case 'too_deep':
      return `The JSON is nested deeper than ${limits.maxDepth}.`;
    case 'too_many_events':
      return `A request may hold at most ${limits.maxItems} events.`;
    case 'too_many_keys':
      return `An event may hold at most ${limits.maxKeysPerItem} keys.`;
  }
}

function readDocument(body: Buffer, limits: ScanLimits): ReadItems {
  if (!isUtf8(body)) return refuse(400, 'not_utf8', 'The body is not valid UTF-8.');
  const scan = scanJson(body, limits);
  if (scan.fault !== null) return tooLarge(scan.fault, limits);
  const parsed = parse(body);
  if (!parsed.ok) return refuse(400, 'not_json', parsed.detail);
  const root = parsed.value;
  if (!isObject(root)) {
    return refuse(400, 'not_an_event', 'The body is neither an event nor {"events": [...]}.');
  }
  return Object.hasOwn(root, 'events') ? readWrapper(body, root, scan) : readSingle(body, root, scan, limits);
}

function readSingle(body: Buffer, event: object, scan: Scan, limits: ScanLimits): ReadItems {
  if (scan.keys > limits.maxKeysPerItem) return tooLarge('too_many_keys', limits);
  const spans = roomFor(1);
  addSpan(spans, body.indexOf('{'), body.lastIndexOf('}') + 1, scan.keys);
  return { ok: true, items: { body, values: [event], spans, refusals: new Map() } };
}

function readWrapper(body: Buffer, root: object, scan: Scan): ReadItems {
  if (scan.rootKeys > Object.keys(root).length) {
    return refuse(400, 'duplicate_key', 'The wrapper names a field twice.');
  }
  const stranger = Object.keys(root).find((key) => key !== 'events');
  if (stranger !== undefined) {
    const shown = JSON.stringify(stranger.slice(0, 100));
    return refuse(400, 'unknown_field', `The wrapper takes the field "events" only, not ${shown}.`);
  }
  const values = 'events' in root ? root.events : undefined;
  if (!Array.isArray(values)) return refuse(400, 'events_not_a_list', 'The field "events" is not a list.');
  if (values.length === 0) return refuse(400, 'events_empty', 'The list of events is empty.');
  const refusals = new Map<number, Refusal>();
  const spans = scan.spans.count === values.length ? scan.spans : spreadSpans(scan.spans, values, refusals);
  return { ok: true, items: { body, values, spans, refusals } };
}

const notAnObject: Refusal = { code: 'not_an_object', pointer: '', detail: 'An event is a JSON object.' };

/** The scan found the objects only; where the list holds other things, their places are left open and refused. */
function spreadSpans(found: Spans, values: unknown[], refusals: Map<number, Refusal>): Spans {
  const spread = roomFor(values.length);
  let next = 0;
  for (const [place, value] of values.entries()) {
    if (isObject(value)) {
      addSpan(spread, found.starts[next] ?? 0, found.ends[next] ?? 0, found.keyCounts[next] ?? 0);
      next += 1;
    } else {
      addSpan(spread, 0, 0, 0);
      refusals.set(place, notAnObject);
    }
  }
  return spread;
}

function readLines(body: Buffer, limits: ScanLimits): ReadItems {
  const items: Items = { body, values: [], spans: roomFor(64), refusals: new Map() };
  for (let at = 0; at < body.length; ) {
    const newline = body.indexOf(10, at);
    const lineEnd = newline === -1 ? body.length : newline;
    const [start, end] = trim(body, at, lineEnd);
    if (start < end) {
      if (items.values.length === limits.maxItems) return tooLarge('too_many_events', limits);
      addLine(items, start, end, limits);
    }
    at = lineEnd + 1;
  }
  if (items.values.length === 0) return refuse(400, 'body_empty', 'The body holds no line.');
  return { ok: true, items };
}

function addLine(items: Items, start: number, end: number, limits: ScanLimits): void {
  const place = items.values.length;
  const line = items.body.subarray(start, end);
  const scan = scanJson(line, limits);
  const read = readLine(line, scan, limits);
  items.values.push('value' in read ? read.value : undefined);
  addSpan(items.spans, start, end, scan.keys);
  if ('code' in read) items.refusals.set(place, read);
}

function readLine(line: Buffer, scan: Scan, limits: ScanLimits): { value: object } | Refusal {
  const fault = scan.fault ?? (scan.keys > limits.maxKeysPerItem ? 'too_many_keys' : null);
  if (fault !== null) return { code: fault, pointer: '', detail: describeFault(fault, limits) };
  if (!isUtf8(line)) return { code: 'not_utf8', pointer: '', detail: 'The line is not valid UTF-8.' };
  const parsed = parse(line);
  if (!parsed.ok) return { code: 'not_json', pointer: '', detail: parsed.detail };
  return isObject(parsed.value) ? { value: parsed.value } : notAnObject;
}

function trim(body: Buffer, from: number, to: number): [number, number] {
  let start = from;
  let end = to;
  while (start < end && isSpace(body[start])) start += 1;
  while (end > start && isSpace(body[end - 1])) end -= 1;
  return [start, end];
}

function isSpace(byte: number | undefined): boolean {
  return byte === 32 || byte === 9 || byte === 13;
}

function parse(bytes: Buffer): { ok: true; value: unknown } | { ok: false; detail: string } {
  try {
    // Latin-1 is the quick way to a string, and the same thing for plain ASCII.
    return { ok: true, value: JSON.parse(bytes.toString(isAscii(bytes) ? 'latin1' : 'utf8')) };
  } catch (error) {
    const reason = error instanceof SyntaxError ? error.message.slice(0, 200) : 'no JSON';
    return { ok: false, detail: `Not parsable as JSON: ${reason}` };
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
