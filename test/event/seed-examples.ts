/** Events as older clients send them, taken from the integrations this service replaces; a field with a choice of values takes each in turn. */
type Example = { eventName: string; data: Record<string, unknown> };

const examples: readonly Example[] = [
  ...['like', 'unlike'].map((action) => ({
    eventName: 'post_like',
    data: { postId: 'post_123', postAuthor: 'author_id', action },
  })),
  ...['text', 'image', 'video'].flatMap((postType) => [
    { eventName: 'post_view', data: { postId: 'post_123', postAuthor: 'author_id', postType, viewDuration: 5000 } },
    {
      eventName: 'post_created',
      data: {
        postId: 'post_123',
        postType,
        contentLength: 150,
        hasMedia: false,
        creationTime: '2024-01-01T12:00:00.000Z',
      },
    },
  ]),
  ...['follow', 'unfollow'].map((action) => ({ eventName: 'user_follow', data: { targetUserId: 'user_456', action } })),
  ...['text', 'media', 'emoji'].map((messageType) => ({
    eventName: 'message_sent',
    data: { recipientId: 'user_789', messageType, messageLength: 50 },
  })),
  ...['tech', 'politics', 'sports', 'culture'].map((category) => ({
    eventName: 'news_article_view',
    data: { articleId: 'article_123', category, source: 'TechCrunch', timeSpent: 30_000 },
  })),
  ...['twitter', 'facebook', 'tiktok', 'instagram'].flatMap((platform) =>
    ['hashtag', 'topic', 'trend', 'content'].map((itemType) => ({
      eventName: 'trending_item_click',
      data: { itemId: '#TechTrends', platform, itemType, position: 3 },
    })),
  ),
];

/** The standard structure, whole. */
const standard = {
  eventId: 'evt_1703123456789_abc123',
  eventName: 'post_like',
  userId: 'user_123',
  sessionId: 'session_456',
  timestamp: '2024-01-01T12:00:00.000Z',
  data: { postId: 'post_789', postAuthor: 'john_doe', action: 'like' },
  metadata: { url: 'https://app.com/home', pathname: '/home', referrer: 'https://app.com/trending' },
};

export const seedExamples = [
  standard,
  ...examples.map((example, index) => ({ ...standard, eventId: `${standard.eventId}_${index}`, ...example })),
];
