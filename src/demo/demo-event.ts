/** The part of the vocabulary that the demo speaks, in the envelope every event has. */
export type DemoMetadata = {
  readonly network?: string;
  readonly platform: 'ios' | 'android' | 'web';
  readonly deviceId: string;
  readonly osVersion: string;
  readonly appVersion: string;
  readonly browser?: string;
  readonly deviceType: 'phone' | 'tablet' | 'desktop';
  readonly networkType: 'wifi' | 'cellular';
  readonly countryCode: string;
  readonly region: string;
  readonly city: string;
  readonly timeZone: string;
  readonly language: string;
};

export type PostType = 'text' | 'image' | 'video' | 'story' | 'article';
export type Source = 'for_you' | 'following' | 'search' | 'hashtag' | 'profile' | 'share';
type Method = 'explicit' | 'deeplink' | 'exposure' | 'inferred';

type Registered = {
  readonly username: string;
  readonly userType: 'creator' | 'consumer' | 'both';
  readonly registrationSource: string;
  readonly countryCode: string;
  readonly region: string;
  readonly language: string;
  readonly timeZone: string;
  readonly followerCount: number;
  readonly followingCount: number;
};

type Created = {
  readonly postId: string;
  readonly postType: PostType;
  readonly contentType: 'original' | 'remix' | 'duet';
  readonly sourcePostId?: string;
  readonly category: string;
  readonly durationSeconds?: number;
  readonly musicId?: string;
  readonly hashtags: readonly string[];
  readonly contentLength?: number;
  readonly hasMedia: boolean;
  readonly language: string;
};

type Shared = {
  readonly postId: string;
  readonly shareId: string;
  readonly rootPostId?: string;
  readonly method: Method;
  readonly confidence?: number;
};

type Seen = { readonly postId: string; readonly source: Source; readonly feedPosition: number };

export type DemoBody =
  | { readonly eventName: 'user_registered'; readonly data: Registered }
  | { readonly eventName: 'user_follow'; readonly data: { targetUserId: string; action: 'follow' | 'unfollow' } }
  | { readonly eventName: 'session_start'; readonly data: { entryPath: string } }
  | { readonly eventName: 'session_end'; readonly data: { durationMs: number; pageViews: number } }
  | { readonly eventName: 'post_created'; readonly data: Created }
  | { readonly eventName: 'post_share'; readonly data: Shared }
  | {
      readonly eventName: 'post_view';
      readonly data: Seen & { postType: PostType; viewDurationMs: number; completion: number };
    }
  | { readonly eventName: 'post_like'; readonly data: Seen & { action: 'like' | 'unlike' } }
  | { readonly eventName: 'post_save'; readonly data: Seen & { action: 'save' | 'unsave' } }
  | { readonly eventName: 'post_comment'; readonly data: Seen & { commentId: string; length: number } }
  | {
      readonly eventName: 'post_discovered';
      readonly data: Seen & { clickedThrough: boolean; timeToEngagementMs?: number };
    };

export type DemoEvent = {
  readonly eventId: string;
  readonly userId: string;
  readonly sessionId: string;
  readonly timestamp: string;
  readonly metadata: DemoMetadata;
} & DemoBody;

/** An event beside its time as a number, so that nobody parses what was just printed. */
export type TimedEvent = { readonly atMs: number; readonly event: DemoEvent };
