/** How large a run is: as its entry says, or as a variable of the environment asks for a quick look. */
export function sizeOf(name: string, full: number): number {
  const asked = process.env[name];
  if (asked === undefined) return full;
  const size = Number(asked);
  if (!Number.isInteger(size) || size < 1) throw new Error(`${name} has to be a whole number from 1 on: ${asked}`);
  return size;
}
