type Entry<Value> = { readonly atMs: number; readonly order: number; readonly value: Value };

/** A binary heap: what is due first comes out first, and of two at one time the one put in first. */
export type TimeQueue<Value> = {
  push(atMs: number, value: Value): void;
  pop(): Value | undefined;
  nextAtMs(): number;
  size(): number;
};

function isBefore<Value>(left: Entry<Value>, right: Entry<Value>): boolean {
  return left.atMs < right.atMs || (left.atMs === right.atMs && left.order < right.order);
}

function siftUp<Value>(heap: Entry<Value>[], entry: Entry<Value>): void {
  let place = heap.length;
  while (place > 0) {
    const above = (place - 1) >> 1;
    const parent = heap[above];
    if (parent === undefined || !isBefore(entry, parent)) break;
    heap[place] = parent;
    place = above;
  }
  heap[place] = entry;
}

function siftDown<Value>(heap: Entry<Value>[], entry: Entry<Value>): void {
  let place = 0;
  for (;;) {
    const left = heap[2 * place + 1];
    const right = heap[2 * place + 2];
    if (left === undefined) break;
    const goesRight = right !== undefined && isBefore(right, left);
    const child = goesRight ? right : left;
    if (!isBefore(child, entry)) break;
    heap[place] = child;
    place = 2 * place + (goesRight ? 2 : 1);
  }
  heap[place] = entry;
}

export function createTimeQueue<Value>(): TimeQueue<Value> {
  const heap: Entry<Value>[] = [];
  let pushed = 0;
  return {
    push(atMs, value) {
      pushed += 1;
      siftUp(heap, { atMs, order: pushed, value });
    },
    pop() {
      const first = heap[0];
      const last = heap.pop();
      if (first !== undefined && last !== undefined && heap.length > 0) siftDown(heap, last);
      return first?.value;
    },
    nextAtMs: () => heap[0]?.atMs ?? Number.POSITIVE_INFINITY,
    size: () => heap.length,
  };
}
