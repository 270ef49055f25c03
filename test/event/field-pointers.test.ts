import { fieldPointer } from '../../src/event/field-pointers.ts';

test.each([
  ['post_view', '', ''],
  ['post_view', '/eventId', '/eventId'],
  ['post_view', '/timestamp', '/timestamp'],
  ['post_view', '/data', '/data'],
  ['post_view', '/data/postId', '/data/postId'],
  ['post_view', '/data/musicId', 'other'],
  ['post_view', '/data/bogus/postId', 'other'],
  ['post_view', '/bogus', 'other'],
  ['post_view', '/metadata/countryCode', '/metadata/countryCode'],
  ['post_view', '/metadata/extra/anything ~1 at all', '/metadata/extra'],
  ['post_view', '/metadata/__proto__', 'other'],
  ['post_view', '/constructor', 'other'],
  ['post_created', '/data/hashtags/31', '/data/hashtags'],
  ['identity_linked', '/data/accounts/3/userId', '/data/accounts'],
  ['user_registered', '/data/preferences/any', '/data/preferences'],
  [undefined, '/eventName', '/eventName'],
  [undefined, '', ''],
  [undefined, '/data/postId', 'other'],
] as const)('of %s, %s lies in %s', (eventName, pointer, field) => {
  expect(fieldPointer(eventName, pointer)).toBe(field);
});
