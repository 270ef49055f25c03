import { z } from 'zod';
import { listBody, listQuery, listReply, readCursor } from '../../http/list-body.ts';
import { problem } from '../../http/problem.ts';
import { route } from '../../http/route.ts';
import { type DeadLetter, letterId, letterStage, letterState } from './dead-letter.ts';
import { findLetter } from './find-letter.ts';
import { readLetterPage } from './list-letters.ts';
import { FactsHeld, type ReplayDeps, replayLetter } from './replay-letter.ts';

const time = z.iso.datetime();

const LetterItem = z
  .object({
    id: z.string(),
    stage: letterStage.meta({ description: 'The store that could not take the event.' }),
    state: letterState,
    eventId: z.string().nullable().meta({ description: 'Null where the bytes could not be read.' }),
    code: z.string().meta({ description: "The store's own name for what was wrong." }),
    reason: z.string(),
    attempts: z.number().int().meta({ description: 'How often the event was tried alone.' }),
    acceptedAt: time,
    diedAt: time,
    changedAt: time,
    raw: z.string().meta({ description: 'The event as it was received.' }),
  })
  .meta({ id: 'DeadLetter' });

const states = z
  .string()
  .regex(/^(waiting|replayed)(,(waiting|replayed))?$/)
  .default('waiting')
  .meta({ description: '`waiting`, `replayed` or both, separated by a comma.' });

const listDeadLettersRoute = route<Pick<ReplayDeps, 'facts'>>()({
  method: 'GET',
  path: '/v1/dead-letters',
  operationId: 'listDeadLetters',
  scope: 'events:admin',
  tags: ['events'],
  summary: 'Accepted events that a store could not take, in accept order.',
  query: z.object({ ...listQuery, state: states, stage: letterStage.optional() }),
  replies: { 200: { description: 'One page.', schema: listBody(LetterItem).meta({ id: 'DeadLetterList' }) } },
  answer: async ({ facts }, { query, url }) => {
    const { limit, cursor, state, stage } = query;
    // The filter is part of the list's name, so that a page is never continued under another one.
    const list = `dead-letters ${JSON.stringify([state, stage])}`;
    const filter = { states: z.array(letterState).parse(state.split(',')), stage };
    const page = await readLetterPage({ facts }, filter, readCursor(list, z.string(), cursor) ?? null, limit);
    return listReply(url, { list, items: page.letters.map(toItem), total: page.total, next: page.next });
  },
});

function toItem(letter: DeadLetter): z.input<typeof LetterItem> {
  return {
    id: letterId(letter),
    stage: letter.stage,
    state: letter.state,
    eventId: letter.eventId === '' ? null : letter.eventId,
    code: letter.code,
    reason: letter.reason,
    attempts: letter.attempts,
    acceptedAt: new Date(letter.acceptedAtMs).toISOString(),
    diedAt: new Date(letter.diedAtMs).toISOString(),
    changedAt: new Date(letter.changedAtMs).toISOString(),
    raw: letter.raw,
  };
}

const ReplayBody = z
  .object({
    id: z.string(),
    outcome: z.enum(['replayed', 'stillDead', 'alreadyReplayed']),
    reason: z.string().nullable(),
  })
  .meta({ id: 'ReplayedLetter' });

const replayDeadLetterRoute = route<ReplayDeps>()({
  method: 'POST',
  path: '/v1/dead-letters/{id}/replay',
  operationId: 'replayDeadLetter',
  scope: 'events:admin',
  tags: ['events'],
  summary: 'Try once more what a store could not take. Doing it again changes nothing.',
  params: z.object({ id: z.string().min(1).max(40) }),
  replies: {
    200: { description: 'What came of it', schema: ReplayBody },
    404: { description: 'There is no such letter' },
    503: { description: 'The facts are being made anew' },
  },
  answer: async (deps, { params: { id } }) => {
    const letter = await findLetter(deps, id);
    if (letter === null) throw problem(404, 'dead_letter_not_found', `There is no dead letter "${id}".`);
    const replayed = await replayLetter(deps, letter).catch((fault: unknown) => {
      if (!(fault instanceof FactsHeld)) throw fault;
      throw problem(503, 'facts_held', 'The facts are being made anew. Try again afterwards.', {
        headers: { 'retry-after': '30' },
      });
    });
    return { status: 200 as const, body: { id, ...replayed } };
  },
});

/** What could not be stored, why, and once more. */
export const deadLetterRoutes = [listDeadLettersRoute, replayDeadLetterRoute];
