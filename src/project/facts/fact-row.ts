import type { CanonicalEvent } from '../../event/canonical-event.ts';
import type { ColumnType } from '../../facts/native/encode-block.ts';

/** Where the event stands in the log. */
export type Accepted = { seq: number; acceptedAtMs: number; digest: number };

type Values = Readonly<Record<string, unknown>>;

type Column = {
  name: string;
  type: ColumnType;
  value: (event: CanonicalEvent, accepted: Accepted, data: Values) => unknown;
};

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

const orNullTypes: Readonly<Record<string, ColumnType>> = {
  time_to_engagement_ms: 'Nullable(UInt64)',
  follower_count: 'Nullable(UInt64)',
};

const contentColumns: readonly Column[] = [
  ...dataColumns(named.text, () => 'String', text),
  ...dataColumns(
    named.list,
    () => 'Array(String)',
    (value) => value ?? [],
  ),
  ...dataColumns(
    named.orNull,
    (name) => orNullTypes[name] ?? 'Nullable(Bool)',
    (value) => value ?? null,
  ),
  {
    name: 'changed_fields',
    type: 'Array(String)',
    value: (event, _accepted, data) => (event.eventName === 'post_updated' ? Object.keys(data) : []),
  },
];

function dataColumns(
  fields: Readonly<Record<string, string>>,
  typeOf: (name: string) => ColumnType,
  form: (value: unknown) => unknown,
): Column[] {
  return Object.entries(fields).map(([name, field]) => ({
    name,
    type: typeOf(name),
    value: (_event, _accepted, data) => form(data[field]),
  }));
}

/** The columns of `events` and where each comes from. What has no column of its own stays in `data` and `metadata`. */
const columns: readonly Column[] = [
  { name: 'accept_seq', type: 'UInt64', value: (_event, accepted) => accepted.seq },
  { name: 'accepted_at', type: "DateTime64(3, 'UTC')", value: (_event, accepted) => accepted.acceptedAtMs },
  { name: 'event_id', type: 'String', value: (event) => event.eventId },
  { name: 'digest', type: 'UInt64', value: (_event, accepted) => accepted.digest },
  { name: 'event_name', type: 'String', value: (event) => event.eventName },
  { name: 'category', type: 'String', value: (event) => event.category },
  { name: 'network', type: 'String', value: (event) => event.network },
  { name: 'account_id', type: 'String', value: (event) => event.accountId ?? '' },
  { name: 'session_id', type: 'String', value: (event) => event.sessionId ?? '' },
  { name: 'timestamp', type: "DateTime64(3, 'UTC')", value: (event) => event.timestampMs },
  { name: 'client_timestamp', type: "DateTime64(3, 'UTC')", value: (event) => event.clientTimestampMs },
  {
    name: 'post_id',
    type: 'String',
    value: (_event, _accepted, data) => text(data['postId'] ?? data['storyId'] ?? data['articleId']),
  },
  { name: 'share_id', type: 'String', value: (_event, _accepted, data) => text(data['shareId']) },
  { name: 'root_hint', type: 'String', value: (_event, _accepted, data) => text(data['rootPostId']) },
  { name: 'target_account_id', type: 'String', value: (event) => event.targetAccountId ?? '' },
  { name: 'conversation_id', type: 'String', value: (_event, _accepted, data) => text(data['conversationId']) },
  { name: 'message_id', type: 'String', value: (_event, _accepted, data) => text(data['messageId']) },
  { name: 'comment_id', type: 'String', value: (_event, _accepted, data) => text(data['commentId']) },
  { name: 'action', type: 'String', value: (_event, _accepted, data) => text(data['action']) },
  { name: 'source', type: 'String', value: (_event, _accepted, data) => text(data['source']) },
  { name: 'feed_position', type: 'Nullable(UInt32)', value: (_event, _accepted, data) => data['feedPosition'] ?? null },
  {
    name: 'duration_ms',
    type: 'Nullable(UInt64)',
    value: (_event, _accepted, data) => data['viewDurationMs'] ?? data['durationMs'] ?? data['timeSpentMs'] ?? null,
  },
  { name: 'completion', type: 'Nullable(Float64)', value: (_event, _accepted, data) => data['completion'] ?? null },
  { name: 'platform', type: 'String', value: (event) => text(event.metadata?.platform) },
  { name: 'device_type', type: 'String', value: (event) => text(event.metadata?.deviceType) },
  { name: 'app_version', type: 'String', value: (event) => text(event.metadata?.appVersion) },
  { name: 'country_code', type: 'String', value: (event) => text(event.metadata?.countryCode) },
  { name: 'time_zone', type: 'String', value: (event) => text(event.metadata?.timeZone) },
  { name: 'language', type: 'String', value: (event) => text(event.metadata?.language) },
  { name: 'is_internal', type: 'Bool', value: (event) => event.metadata?.isInternal ?? false },
  ...contentColumns,
  { name: 'data', type: 'String', value: (_event, _accepted, data) => JSON.stringify(data) },
  { name: 'metadata', type: 'String', value: (event) => JSON.stringify(event.metadata ?? {}) },
];

export const factColumns: readonly string[] = columns.map((column) => column.name);

export const factTypes: readonly ColumnType[] = columns.map((column) => column.type);

export function toFactRow(event: CanonicalEvent, accepted: Accepted): unknown[] {
  const data: Values = event.data;
  return columns.map((column) => column.value(event, accepted, data));
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
