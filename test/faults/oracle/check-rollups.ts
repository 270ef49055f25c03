import { type AskStores, numberOf, textOf } from './ask-stores.ts';

type View = { name: string; select: string; target: string };

/** I9: whatever a view feeds equals what its own query says of the whole source, counted again from nothing. */
export async function checkRollups(ask: AskStores): Promise<string[]> {
  const faults: string[] = [];
  for (const view of await listViews(ask)) faults.push(...(await checkView(ask, view)));
  return faults;
}

async function listViews(ask: AskStores): Promise<View[]> {
  const rows = await ask.facts(
    `SELECT name, as_select, extract(create_table_query, ' TO ([^ ]+)') AS target FROM system.tables
     WHERE database = currentDatabase() AND engine = 'MaterializedView'`,
  );
  return rows.map((row) => ({
    name: textOf(row['name']),
    select: textOf(row['as_select']),
    target: textOf(row['target']),
  }));
}

async function checkView(ask: AskStores, { name, select, target }: View): Promise<string[]> {
  const described = await ask.facts(`DESCRIBE (${select})`);
  const columns = described.map((row) => textOf(row['name'])).toSorted();
  const [engine] = await ask.facts(
    `SELECT engine FROM system.tables WHERE concat(database, '.', name) = '${target.replaceAll('`', '')}'`,
  );
  const final = /Aggregating|Replacing|Summing/.test(String(engine?.['engine'])) ? 'FINAL' : '';
  const [kept] = await ask.facts(sumOf(columns, `SELECT ${columns.map(quote).join(', ')} FROM ${target} ${final}`));
  const [counted] = await ask.facts(sumOf(columns, select));
  const [left, right] = [kept, counted].map((row) => `${numberOf(row?.['rows'])} rows, ${textOf(row?.['digest'])}`);
  return left === right ? [] : [`${target} holds ${left}; ${name} counted again gives ${right}`];
}

function sumOf(columns: readonly string[], source: string): string {
  const values = columns.map((column) => `ifNull(toString(${quote(column)}), '-')`).join(', ');
  return `SELECT count() AS rows, toString(sum(cityHash64([${values}]))) AS digest FROM (${source})`;
}

function quote(column: string): string {
  return `\`${column}\``;
}
