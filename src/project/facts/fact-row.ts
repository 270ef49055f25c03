import type { CanonicalEvent } from '../../event/canonical-event.ts';

/** Where the event stands in the log. */
export type Accepted = { seq: number; acceptedAtMs: number; digest: number };

type Values = Readonly<Record<string, unknown>>;

type Column = { name: string; value: (event: CanonicalEvent, accepted: Accepted, data: Values) => unknown };

/** Fields of the data that stand in a column of their own, by their kind. */
const named = {
  text: {
    post_type: 'postType',
    content_type: 'contentType',
    content_category: 'category',
    source_post_id: 'sourcePostId',
    music_id: 'musicId',
    reason: 'reason',
    policy: 'policy',
    user_type: 'userType',
    account_type: 'accountType',
  },
  list: { hashtags: 'hashtags', effects: 'effects' },
  orNull: {
    clicked_through: 'clickedThrough',
    time_to_engagement_ms: 'timeToEngagementMs',
    follower_count: 'followerCount',
    says_internal: 'isInternal',
    says_test: 'isTestAccount',
  },
} as const;

const contentColumns: readonly Column[] = [
  ...dataColumns(named.text, text),
  ...dataColumns(named.list, (value) => value ?? []),
  ...dataColumns(named.orNull, (value) => value ?? null),
  {
    name: 'changed_fields',
    value: (event, _accepted, data) => (event.eventName === 'post_updated' ? Object.keys(data) : []),
  },
];

function dataColumns(fields: Readonly<Record<string, string>>, form: (value: unknown) => unknown): Column[] {
  return Object.entries(fields).map(([name, field]) => ({
    name,
    value: (_event, _accepted, data) => form(data[field]),
  }));
}

/** The columns of `events` and where each comes from. What has no column of its own stays in `data` and `metadata`. */
const columns: readonly Column[] = [
  { name: 'accept_seq', value: (_event, accepted) => accepted.seq },
  { name: 'accepted_at', value: (_event, accepted) => accepted.acceptedAtMs },
  { name: 'event_id', value: (event) => event.eventId },
  { name: 'digest', value: (_event, accepted) => accepted.digest },
  { name: 'event_name', value: (event) => event.eventName },
  { name: 'category', value: (event) => event.category },
  { name: 'network', value: (event) => event.network },
  { name: 'account_id', value: (event) => event.accountId ?? '' },
  { name: 'session_id', value: (event) => event.sessionId ?? '' },
  { name: 'timestamp', value: (event) => event.timestampMs },
  { name: 'client_timestamp', value: (event) => event.clientTimestampMs },
  { name: 'post_id', value: (_event, _accepted, data) => text(data['postId'] ?? data['storyId'] ?? data['articleId']) },
  { name: 'share_id', value: (_event, _accepted, data) => text(data['shareId']) },
  { name: 'root_hint', value: (_event, _accepted, data) => text(data['rootPostId']) },
  { name: 'target_account_id', value: (event) => event.targetAccountId ?? '' },
  { name: 'conversation_id', value: (_event, _accepted, data) => text(data['conversationId']) },
  { name: 'message_id', value: (_event, _accepted, data) => text(data['messageId']) },
  { name: 'comment_id', value: (_event, _accepted, data) => text(data['commentId']) },
  { name: 'action', value: (_event, _accepted, data) => text(data['action']) },
  { name: 'source', value: (_event, _accepted, data) => text(data['source']) },
  { name: 'feed_position', value: (_event, _accepted, data) => data['feedPosition'] ?? null },
  {
    name: 'duration_ms',
    value: (_event, _accepted, data) => data['viewDurationMs'] ?? data['durationMs'] ?? data['timeSpentMs'] ?? null,
  },
  { name: 'completion', value: (_event, _accepted, data) => data['completion'] ?? null },
  { name: 'platform', value: (event) => text(event.metadata?.platform) },
  { name: 'device_type', value: (event) => text(event.metadata?.deviceType) },
  { name: 'app_version', value: (event) => text(event.metadata?.appVersion) },
  { name: 'country_code', value: (event) => text(event.metadata?.countryCode) },
  { name: 'time_zone', value: (event) => text(event.metadata?.timeZone) },
  { name: 'language', value: (event) => text(event.metadata?.language) },
  { name: 'is_internal', value: (event) => event.metadata?.isInternal ?? false },
  ...contentColumns,
  { name: 'data', value: (_event, _accepted, data) => JSON.stringify(data) },
  { name: 'metadata', value: (event) => JSON.stringify(event.metadata ?? {}) },
];

export const factColumns: readonly string[] = columns.map((column) => column.name);

export function toFactRow(event: CanonicalEvent, accepted: Accepted): unknown[] {
  const data: Values = event.data;
  return columns.map((column) => column.value(event, accepted, data));
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
