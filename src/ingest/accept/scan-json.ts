/** Where the items of a body lie: found on the bytes, before anything is parsed. */
export type Spans = {
  count: number;
  starts: Uint32Array;
  ends: Uint32Array;
  /** Keys as written; more than the parsed value has means that one was written twice. */
  keyCounts: Uint32Array;
};

export type ScanLimits = { maxDepth: number; maxItems: number; maxKeysPerItem: number };

export type ScanFault = 'too_deep' | 'too_many_events' | 'too_many_keys';

export type Scan = { fault: ScanFault | null; keys: number; rootKeys: number; spans: Spans };

const quote = 34;
const comma = 44;
const colon = 58;
const openBracket = 91;
const backslash = 92;
const closeBracket = 93;
const openBrace = 123;
const closeBrace = 125;

// In `{"events":[{...}]}` the list opens at depth 2 and an item at depth 3.
const listDepth = 2;
const itemDepth = 3;

/**
 * Walks once over the bytes: depth, keys, and the objects inside the first list of the root. It believes that the text
 * is JSON; where it is not, the parser says so afterwards and nothing found here is used.
 */
export function scanJson(bytes: Uint8Array, limits: ScanLimits): Scan {
  const spans = roomFor(16);
  const scan: Scan = { fault: null, keys: 0, rootKeys: 0, spans };
  const end = bytes.length;
  let at = 0;
  let depth = 0;
  let keys = 0;
  let separators = 0;
  let isInList = false;
  let itemStart = -1;
  let keysBefore = 0;
  while (at < end) {
    const byte = bytes[at];
    at += 1;
    if (byte === quote) {
      at = endOfString(bytes, at, end);
    } else if (byte === colon) {
      keys += 1;
      if (depth === 1) scan.rootKeys += 1;
    } else if (byte === openBrace || byte === openBracket) {
      depth += 1;
      if (depth > limits.maxDepth) return { ...scan, fault: 'too_deep' };
      if (depth === listDepth && byte === openBracket) isInList = true;
      if (depth === itemDepth && byte === openBrace && isInList) {
        itemStart = at - 1;
        keysBefore = keys;
      }
    } else if (byte === closeBrace || byte === closeBracket) {
      if (depth === itemDepth && itemStart >= 0) {
        if (keys - keysBefore > limits.maxKeysPerItem) return { ...scan, fault: 'too_many_keys' };
        addSpan(spans, itemStart, at, keys - keysBefore);
        itemStart = -1;
      } else if (depth === listDepth) isInList = false;
      depth -= 1;
    } else if (byte === comma && depth === listDepth && isInList) {
      separators += 1;
      if (separators >= limits.maxItems) return { ...scan, fault: 'too_many_events' };
    }
  }
  scan.keys = keys;
  return scan;
}

function endOfString(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at < end) {
    const byte = bytes[at];
    at += 1;
    if (byte === quote) return at;
    if (byte === backslash) at += 1;
  }
  return at;
}

export function roomFor(items: number): Spans {
  return {
    count: 0,
    starts: new Uint32Array(items),
    ends: new Uint32Array(items),
    keyCounts: new Uint32Array(items),
  };
}

export function addSpan(spans: Spans, start: number, end: number, keyCount: number): void {
  if (spans.count === spans.starts.length) widen(spans);
  spans.starts[spans.count] = start;
  spans.ends[spans.count] = end;
  spans.keyCounts[spans.count] = keyCount;
  spans.count += 1;
}

function widen(spans: Spans): void {
  const wider = roomFor(spans.count * 4);
  wider.starts.set(spans.starts);
  wider.ends.set(spans.ends);
  wider.keyCounts.set(spans.keyCounts);
  spans.starts = wider.starts;
  spans.ends = wider.ends;
  spans.keyCounts = wider.keyCounts;
}
