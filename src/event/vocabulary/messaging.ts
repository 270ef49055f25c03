import { z } from 'zod';
import { flatMap } from '../fields/flat-map.ts';
import { count, durationMs, flag, fraction, sentiment, sizeBytes } from '../fields/number-fields.ts';
import { id, label, personId } from '../fields/text-fields.ts';
import { entry } from './entry.ts';

const conversation = z.strictObject({
  conversationId: id,
  conversationType: label.optional(),
  isEncrypted: flag.optional(),
  isGroup: flag.optional(),
  role: label.optional(),
  privacyLevel: label.optional(),
  notificationsEnabled: flag.optional(),
  experiments: flatMap.optional(),
});

const messageStatus = z.strictObject({ messageId: id, conversationId: id, latencyMs: durationMs.optional() });

const derivedTopic = z.strictObject({ topicId: id, confidence: fraction });

const messageSent = z.strictObject({
  messageId: id.optional(),
  conversationId: id.optional(),
  recipientIds: z.array(personId).min(1).max(1024).optional(),
  recipientId: personId.optional(),
  messageType: label.optional(),
  category: label.optional(),
  isEphemeral: flag.optional(),
  isSystem: flag.optional(),
  sizeBytes: sizeBytes.optional(),
  characterCount: count.optional(),
  messageLength: count.optional(),
  mediaCount: count.optional(),
  isReply: flag.optional(),
  repliedToMessageId: id.optional(),
  sentiment: sentiment.optional(),
  sequence: count.optional(),
});

export const messagingEvents = {
  conversation_created: entry({
    category: 'user_action',
    summary: 'A conversation was opened. Its name is never sent.',
    graph: 'none',
    facts: 'conversation',
    data: conversation,
  }),
  conversation_joined: entry({
    category: 'user_action',
    summary: 'A person came into a conversation.',
    graph: 'none',
    facts: 'conversation',
    data: conversation,
  }),
  conversation_left: entry({
    category: 'user_action',
    summary: 'A person left a conversation.',
    graph: 'none',
    facts: 'conversation',
    data: conversation,
  }),
  message_sent: entry({
    category: 'user_action',
    summary:
      'A message was sent: everything but its content, which no field can hold. Without `conversationId` the conversation is the one of these people.',
    graph: 'none',
    facts: 'message',
    aliases: { recipientId: 'recipientIds', messageLength: 'characterCount' },
    data: messageSent,
  }),
  message_delivered: entry({
    category: 'system',
    summary: 'A message arrived; the user is the one who received it.',
    graph: 'none',
    facts: 'message_status',
    data: messageStatus,
  }),
  message_read: entry({
    category: 'user_action',
    summary: 'A message was read; the user is the one who read it.',
    graph: 'none',
    facts: 'message_status',
    data: messageStatus,
  }),
  message_topics_derived: entry({
    category: 'system',
    summary: 'What a message is about, as found elsewhere, with the method and its version.',
    graph: 'none',
    facts: 'topic',
    data: z.strictObject({
      messageId: id,
      conversationId: id,
      topics: z.array(derivedTopic).min(1).max(100),
      method: label,
      version: label,
    }),
  }),
};
