import { z } from 'zod';
import { flatMap } from '../fields/flat-map.ts';
import { count, durationMs, flag, fraction } from '../fields/number-fields.ts';
import { countryCode, id, label, language, line, network, personId, timeZone } from '../fields/text-fields.ts';
import { entry } from './entry.ts';

const person = z.strictObject({
  username: line(128).optional(),
  userType: z.enum(['creator', 'consumer', 'both']).optional(),
  accountType: label.optional(),
  registrationSource: label.optional(),
  region: line(100).optional(),
  countryCode: countryCode.optional(),
  language: language.optional(),
  timeZone: timeZone.optional(),
  followerCount: count.optional(),
  followingCount: count.optional(),
  messagingStatus: label.optional(),
  preferences: flatMap.optional(),
  isInternal: flag.optional(),
  isTestAccount: flag.optional(),
});

const linkedAccount = z.strictObject({ platform: network, userId: personId });

export const peopleEvents = {
  user_registered: entry({
    category: 'system',
    summary: 'A person joined; the event time is the time of registration.',
    graph: 'none',
    facts: 'person',
    data: person,
  }),
  user_updated: entry({
    category: 'system',
    summary: 'What is known of a person changed; the latest by time wins, the history is kept.',
    graph: 'none',
    facts: 'person',
    data: person,
  }),
  user_follow: entry({
    category: 'user_action',
    summary: 'A person follows another, or no longer; the latest by time decides.',
    graph: 'follow',
    facts: 'follow',
    data: z.strictObject({ targetUserId: personId, action: z.enum(['follow', 'unfollow']) }),
  }),
  friend_request: entry({
    category: 'user_action',
    summary: 'A request of friendship and what became of it.',
    graph: 'none',
    facts: 'friendship',
    data: z.strictObject({ targetUserId: personId, action: z.enum(['send', 'accept', 'decline', 'cancel']) }),
  }),
  profile_view: entry({
    category: 'user_action',
    summary: "A person looked at another's profile.",
    graph: 'none',
    facts: 'profile_view',
    data: z.strictObject({ targetUserId: personId, durationMs: durationMs.optional() }),
  }),
  identity_linked: entry({
    category: 'system',
    summary: 'Accounts on several networks are one person; `action: unlink` takes it back.',
    graph: 'none',
    facts: 'identity',
    data: z.strictObject({
      accounts: z.array(linkedAccount).min(1).max(32),
      action: z.enum(['link', 'unlink']).optional(),
      evidence: label.optional(),
      confidence: fraction.optional(),
    }),
  }),
  consent_changed: entry({
    category: 'user_action',
    summary: 'A person allowed or forbade one purpose.',
    graph: 'none',
    facts: 'consent',
    data: z.strictObject({ purpose: label, granted: flag, policyVersion: label.optional() }),
  }),
  content_flagged: entry({
    category: 'user_action',
    summary: 'Someone reported a post or a person.',
    graph: 'none',
    facts: 'safety',
    needsOneOf: ['postId', 'targetUserId'],
    data: safetyData(),
  }),
  moderation_action: entry({
    category: 'system',
    summary: 'What was done about a post or a person, and under which policy.',
    graph: 'none',
    facts: 'safety',
    needsOneOf: ['postId', 'targetUserId'],
    data: safetyData(),
  }),
};

function safetyData() {
  return z.strictObject({
    postId: id.optional(),
    postAuthor: id.optional(),
    targetUserId: personId.optional(),
    reason: label.optional(),
    action: label.optional(),
    policy: label.optional(),
  });
}
