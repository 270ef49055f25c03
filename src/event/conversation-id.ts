/**
 * The id of the conversation between people that named none: their account keys in byte order, joined by a colon.
 * A colon or percent sign inside a key is percent-encoded, so that no two groups of people share an id.
 */
export function conversationIdOf(accountIds: readonly string[]): string {
  const sorted = [...new Set(accountIds)].map((text) => Buffer.from(text)).sort(Buffer.compare);
  return sorted.map((bytes) => bytes.toString().replaceAll('%', '%25').replaceAll(':', '%3A')).join(':');
}
