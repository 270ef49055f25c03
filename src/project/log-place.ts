/** Two places in the log compared as Redis does: by their first number, then by their second. */
export function isAtOrBefore(left: string, right: string): boolean {
  const [leftSeq = '0', leftMs = '0'] = left.split('-');
  const [rightSeq = '0', rightMs = '0'] = right.split('-');
  if (leftSeq !== rightSeq) return Number(leftSeq) < Number(rightSeq);
  return Number(leftMs) <= Number(rightMs);
}
