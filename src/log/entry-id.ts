/** An entry's id is `<first accept seq>-<accepted at, epoch ms>`: its order is the accept order, whatever clocks did. */
export type EntryId = string;

export const beforeAllEntries: EntryId = '0-0';

/** The place of a projector that counts by plain numbers; before its first commit it stands before everything. */
export function numberOfPosition(position: string): number {
  return position === beforeAllEntries ? 0 : Number(position);
}

export function firstSeqOf(id: EntryId): number {
  return Number(id.slice(0, id.indexOf('-')));
}

export function acceptedAtMsOf(id: EntryId): number {
  return Number(id.slice(id.indexOf('-') + 1));
}

export function compareEntryIds(left: EntryId, right: EntryId): number {
  return firstSeqOf(left) - firstSeqOf(right) || acceptedAtMsOf(left) - acceptedAtMsOf(right);
}
