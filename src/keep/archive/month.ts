/** A month of acceptance: its name in files, its partition of `events`, and when it ends. */
export type Month = { name: string; partition: string; endMs: number };

const written = /^(\d{4})-(0[1-9]|1[0-2])$/;

export function readMonth(text: string): Month {
  const [, year, month] = written.exec(text) ?? [];
  if (year === undefined || month === undefined) throw new Error(`a month is written as 2026-01, not ${text}`);
  return { name: text, partition: `${year}${month}`, endMs: Date.UTC(Number(year), Number(month), 1) };
}
