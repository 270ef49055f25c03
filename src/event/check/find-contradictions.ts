import { entryOf, type RawEvent } from '../envelope.ts';
import type { Problem } from '../problem.ts';
import type { EventName } from '../vocabulary.ts';

export type Rule = (event: RawEvent) => Problem | undefined;

const none: readonly Problem[] = [];

/** What the fields of one event may not say together. */
export function rulesOf(eventName: EventName): readonly Rule[] {
  const { aliases = {}, needsOneOf } = entryOf(eventName);
  const found = Object.entries(aliases).map(([alias, field]) => onlyOneSpelling(alias, field));
  if (needsOneOf) found.push(atLeastOne(needsOneOf));
  if (eventName === 'post_share') found.push(refuseSelfShare);
  return found;
}

/** What is wrong with an event whose every field is right by itself. */
export function findContradictions(event: RawEvent, rules: readonly Rule[]): readonly Problem[] {
  let found = none;
  for (const rule of rules) {
    const problem = rule(event);
    if (problem !== undefined) found = [...found, problem];
  }
  return found;
}

function onlyOneSpelling(alias: string, field: string): Rule {
  return ({ data }) => {
    if (!has(data, alias) || !has(data, field)) return undefined;
    return {
      code: 'alias_conflict',
      pointer: `/data/${alias}`,
      detail: `is another name for ${field}; send one of them`,
    };
  };
}

function atLeastOne(fields: readonly string[]): Rule {
  return ({ data }) => {
    if (fields.some((field) => has(data, field))) return undefined;
    return {
      code: 'missing_field',
      pointer: `/data/${fields[0]}`,
      detail: `needs at least one of ${fields.join(', ')}`,
    };
  };
}

function refuseSelfShare(event: RawEvent): Problem | undefined {
  if (event.eventName !== 'post_share') return undefined;
  const shareId = event.data.shareId ?? event.eventId;
  if (shareId !== event.data.postId) return undefined;
  return { code: 'self_share', pointer: '/data/postId', detail: 'must be another post than the share itself' };
}

function has(data: Readonly<Record<string, unknown>>, field: string): boolean {
  return data[field] !== undefined;
}
