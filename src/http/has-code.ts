/** Whether node reports this fault by that code. Told by the code alone, since a fault may come from another realm. */
export function hasCode(fault: unknown, code: string): boolean {
  return typeof fault === 'object' && fault !== null && 'code' in fault && fault.code === code;
}
