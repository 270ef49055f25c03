import type { z } from 'zod';

export type Category = 'user_action' | 'system' | 'error' | 'performance';

/**
 * What an event means for the graph: a root post, a share (a post one deeper and its edge), a follow edge,
 * a post that was removed, or nothing.
 */
type GraphMeaning = 'post' | 'share' | 'follow' | 'removal' | 'none';

/** What an event counts as among the facts. */
export type FactsMeaning =
  | 'person'
  | 'follow'
  | 'friendship'
  | 'profile_view'
  | 'identity'
  | 'consent'
  | 'session'
  | 'navigation'
  | 'post'
  | 'share'
  | 'content_change'
  | 'view'
  | 'ad'
  | 'like'
  | 'save'
  | 'comment'
  | 'discovery'
  | 'story'
  | 'media'
  | 'news'
  | 'trending'
  | 'search'
  | 'community'
  | 'conversation'
  | 'message'
  | 'message_status'
  | 'topic'
  | 'experiment'
  | 'safety'
  | 'error'
  | 'performance';

export type VocabularyEntry = {
  category: Category;
  summary: string;
  /** The fields of `data`, its aliases among them. */
  data: z.ZodObject;
  graph: GraphMeaning;
  facts: FactsMeaning;
  /** Spellings taken from older clients: alias -> the field's own name. A single value of a list becomes a list of one. */
  aliases?: Readonly<Record<string, string>>;
  /** At least one of these fields must be there. */
  needsOneOf?: readonly string[];
  /** Machines report these, with or without a person. */
  userId?: 'optional';
};

/** Keeps every literal of an entry in its type, so that the union of all events can be told apart by name. */
export function entry<const E extends VocabularyEntry>(event: E): E {
  return event;
}
