import type { DumpComparison } from './dump/compare-dumps.ts';
import type { FactsReplay } from './replay-facts.ts';
import type { GraphReplay } from './replay-graph.ts';

type Answer = FactsReplay | (GraphReplay & { swapped: boolean; next: string | null });

const mostShown = 400;

/** A replay in words, for a person at a terminal. */
export function describeReplay(replay: Answer): string[] {
  const { comparison, upToSeq } = replay;
  const verdict = comparison.equal ? 'alike' : 'NOT alike';
  return [
    `${replay.store}: live and fresh are ${verdict} up to accept number ${upToSeq}`,
    `made from ${sourceOf(replay)}${replay.resumed ? ', going on with an earlier try' : ''}`,
    ...describeSections(comparison),
    ...describeEnd(replay),
  ];
}

function sourceOf({ factsUpTo, upToSeq }: Answer): string {
  if (factsUpTo === 0) return 'the log';
  if (factsUpTo >= upToSeq) return 'the raw facts';
  return `the raw facts up to ${factsUpTo}, the log from there on`;
}

function describeSections({ sections, examples }: DumpComparison): string[] {
  const differing = sections.filter(({ onlyLive, onlyFresh, unlike }) => onlyLive + onlyFresh + unlike > 0);
  return [
    ...differing.map(
      ({ section, live, fresh, onlyLive, onlyFresh, unlike }) =>
        `  ${section}: ${live} live, ${fresh} fresh; ${onlyLive} only live, ${onlyFresh} only fresh, ${unlike} unlike`,
    ),
    ...examples.flatMap(({ section, key, live, fresh }) => [
      `  ${section} ${key}`,
      `    live  ${shown(live)}`,
      `    fresh ${shown(fresh)}`,
    ]),
  ];
}

function shown(text: string | null): string {
  if (text === null) return '(not there)';
  return text.length > mostShown ? `${text.slice(0, mostShown)}...` : text;
}

function describeEnd(replay: Answer): string[] {
  const wanted = replay.swapped ? ['the fresh one has taken the place of the live one'] : [];
  if (replay.store === 'facts') return wanted;
  const rewritten = replay.ready?.rewritten.length ?? 0;
  const follows =
    replay.ready === null ? [] : [`lineage stays as it is, except ${rewritten} cascades that it will write anew`];
  return [...wanted, ...follows, ...(replay.next === null ? [] : [replay.next])];
}
