// The thread that holds cascades and works on them, so that nothing on a big one keeps requests waiting.
import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { appendNative } from '../columns/append-native.ts';
import { holdCascades } from './hold-cascades.ts';
import type { Ask, FromThread, Reply, ToThread } from './messages.ts';
import { type Question, questions } from './questions.ts';

const { maxBytes } = z.object({ maxBytes: z.number() }).parse(workerData);
const held = holdCascades({ maxBytes });

type Sent = Exclude<FromThread, { kind: 'answer' }> | { kind: 'answer'; id: number; reply: Reply<Question> };

function answer(message: ToThread): Sent {
  const { id } = message;
  switch (message.kind) {
    case 'ask':
      return answerAsk(message);
    case 'extend': {
      const { columns } = held.open({ ...message.of, posts: message.posts }, message.from);
      appendNative(columns, Buffer.concat(message.pieces));
      return { kind: 'extended', id, posts: columns.count };
    }
    case 'census':
      return { kind: 'held', id, held: held.now() };
  }
}

function answerAsk<Q extends Question>({ id, extent, question, asked }: Ask<Q>): Sent {
  const cascade = held.find(extent);
  if ('from' in cascade) return { kind: 'missing', id, from: cascade.from };
  const { rootId, generation, columns } = cascade;
  const reply = { rootId, generation, posts: columns.count, answer: questions[question](cascade, asked) };
  held.keep(cascade);
  return { kind: 'answer', id, reply };
}

/** The arrays of an order can be as long as the cascade; nobody here needs them any more. */
function givenAway(sent: Sent): ArrayBuffer[] {
  const answered = sent.kind === 'answer' ? sent.reply.answer : null;
  if (typeof answered !== 'object' || answered === null || !('shown' in answered)) return [];
  const { seqs, values, shown } = answered;
  const buffers = [seqs, values, ...Object.values(shown)].map(({ buffer }) => buffer);
  return buffers.filter((buffer) => buffer instanceof ArrayBuffer);
}

const port = parentPort;
port?.on('message', (message: ToThread) => {
  try {
    const sent = answer(message);
    port.postMessage(sent, givenAway(sent));
  } catch (error) {
    port.postMessage({ kind: 'fault', id: message.id, message: String(error) } satisfies FromThread);
  }
});
