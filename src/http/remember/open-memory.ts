import { holdByBytes } from './hold-by-bytes.ts';

/** `state` is everything that decides about the answer beside the question: one of another state is not given. */
export type Question = { key: string; state: string };

/** `shared`: another request had just asked the same, and both got its answer. */
export type Recalled = 'hit' | 'shared' | 'miss';

export type Memory<Value> = (question: Question, read: () => Promise<Value>) => Promise<Value>;

export type MemoryLimits = { maxBytes: number; maxAgeMs: number };

type Deps<Value> = {
  now: () => number;
  bytesOf: (value: Value) => number;
  onRecall: (recalled: Recalled) => void;
  onKeep: (kept: { bytes: number; evicted: number }) => void;
};

// What the maps need beside the bytes of a key and of a value, rather more than less.
const bytesAnEntry = 300;

/** Keeps one answer a question, the newest, and lets those who ask the same at once wait for one and the same answer. */
export function openMemory<Value>(deps: Deps<Value>, { maxBytes, maxAgeMs }: MemoryLimits): Memory<Value> {
  const held = holdByBytes<{ state: string; readAtMs: number; value: Value }>(maxBytes);
  const running = new Map<string, { state: string; value: Promise<Value> }>();

  function known({ key, state }: Question): Value | undefined {
    const found = held.get(key);
    if (found === undefined || found.state !== state) return undefined;
    return deps.now() - found.readAtMs < maxAgeMs ? found.value : undefined;
  }

  function keep({ key, state }: Question, readAtMs: number, value: Value): void {
    const bytes = bytesAnEntry + 2 * (key.length + state.length) + deps.bytesOf(value);
    const evicted = held.set(key, { state, readAtMs, value }, bytes);
    deps.onKeep({ bytes: held.bytes(), evicted });
  }

  async function ask(question: Question, read: () => Promise<Value>): Promise<Value> {
    const readAtMs = deps.now();
    const own = { state: question.state, value: read() };
    running.set(question.key, own);
    try {
      const value = await own.value;
      // Where the state has moved on meanwhile, a newer answer is on its way or there already.
      if (running.get(question.key) === own) keep(question, readAtMs, value);
      return value;
    } finally {
      if (running.get(question.key) === own) running.delete(question.key);
    }
  }

  return async (question, read) => {
    const value = known(question);
    const other = running.get(question.key);
    const isShared = value === undefined && other?.state === question.state;
    deps.onRecall(value !== undefined ? 'hit' : isShared ? 'shared' : 'miss');
    if (value !== undefined) return value;
    return isShared ? other.value : ask(question, read);
  };
}
