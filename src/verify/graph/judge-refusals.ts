import type { Expected } from '../posts/expected.ts';
import type { Letter } from '../posts/load-events.ts';
import { kinds } from '../posts/post-table.ts';
import type { GraphRefusal } from '../posts/standing-events.ts';

const check = 'what the graph refused, and no more, is a refusal';

/**
 * An event whose post another one made is a refusal; what the graph could not take is one too, with a letter. A refusal of
 * neither kind, or of an event that came first and never was a letter, is wrong.
 */
export function judgeRefusals(
  expected: Expected,
  refusals: ReadonlyMap<number, GraphRefusal>,
  letters: readonly Letter[],
): void {
  const { standing, look, scope } = expected;
  const graphLetters = new Map(
    letters.filter((letter) => letter.stage === 'graph').map((letter) => [letter.acceptSeq, letter]),
  );
  for (const { acceptSeq, eventId, postId } of standing.beaten) {
    if (acceptSeq < scope.firstSeq || acceptSeq > scope.lastSeq) continue;
    look.look(check);
    look.suspect(
      check,
      `accept number ${acceptSeq}`,
      `refused: another event made ${postId}`,
      `no refusal of ${eventId}`,
    );
  }
  for (const [acceptSeq, refusal] of refusals) {
    if (acceptSeq < scope.firstSeq || acceptSeq > scope.lastSeq) continue;
    look.look(check);
    const fault =
      refusal.status === 'deadLettered'
        ? deadFault(refusal, graphLetters.get(acceptSeq))
        : takenFault(expected, acceptSeq, graphLetters);
    if (fault !== null) look.suspect(check, `accept number ${acceptSeq}`, fault, refusal.code);
  }
  for (const letter of graphLetters.values()) {
    if (letter.state !== 'waiting' || letter.acceptSeq < scope.firstSeq) continue;
    look.look(check);
    if (refusals.get(letter.acceptSeq)?.status === 'deadLettered') continue;
    look.suspect(check, `accept number ${letter.acceptSeq}`, 'a refusal, because its letter waits', 'none');
  }
}

/** Its row among the letters may still be on its way. */
function deadFault(refusal: GraphRefusal, letter: Letter | undefined): string | null {
  if (letter?.state === 'waiting' || refusal.told !== true) return null;
  return 'a waiting dead letter';
}

function takenFault({ standing }: Expected, acceptSeq: number, letters: ReadonlyMap<number, Letter>): string | null {
  const { table } = standing;
  const event = standing.refused.get(acceptSeq);
  if (event === undefined) return 'an event that makes a post';
  const place = table.find(event.postId);
  if (place < 0 || table.kind.get(place) === kinds.named) return `taken: no other event made ${event.postId}`;
  if (table.acceptSeq.get(place) > acceptSeq && !letters.has(acceptSeq)) {
    return `taken: ${table.acceptSeq.get(place)} came later`;
  }
  return null;
}
