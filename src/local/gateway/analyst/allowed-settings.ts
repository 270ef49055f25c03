// Which settings an analyst's client may send, and how far. Limits can be lowered, never raised.
import { refuse } from './analyst-refusal.ts';

const analystLimits: Readonly<Record<string, number>> = {
  max_execution_time: 30,
  max_memory_usage: 2_000_000_000,
  max_result_rows: 1_000_000,
};

const harmless =
  /^(output_format_(json|csv|tsv|pretty|arrow|parquet|orc|native|binary|decimal|markdown|values|msgpack|bson)_\w+|output_format_(write_statistics|decimal_trailing_zeros|float_precision)|date_time_output_format|bool_(true|false)_representation|format_csv_delimiter|session_timezone|join_use_nulls|extremes|group_by_use_nulls|union_default_mode|max_block_size|max_threads)$/;

// Clients send these by themselves; they say nothing that is not in force here already.
const ignored = new Set([
  'readonly',
  'result_overflow_mode',
  'timeout_overflow_mode',
  'async_insert',
  'wait_for_async_insert',
  'date_time_input_format',
]);

const mostThreads = 2;

function lowered(name: string, value: string): string {
  const limit = analystLimits[name];
  const asked = Number(value);
  if (limit === undefined || !Number.isFinite(asked) || asked <= 0 || asked > limit) {
    throw refuse(`${name}=${value}`, `the limit is ${limit ?? 'fixed'} and can only be lowered`);
  }
  return value;
}

function admitOne(name: string, value: string): [string, string][] {
  if (ignored.has(name)) return [];
  if (name in analystLimits) return [[name, lowered(name, value)]];
  if (!harmless.test(name))
    throw refuse(`the setting ${JSON.stringify(name)}`, 'only output formats and lower limits may be set');
  if (name === 'max_threads') return [[name, String(Math.min(Number(value) || mostThreads, mostThreads))]];
  return [[name, value]];
}

export function analystSettings(asked: Readonly<Record<string, string>>): Record<string, string> {
  const limits = Object.entries(analystLimits).map(([name, value]): [string, string] => [name, String(value)]);
  const own = Object.entries(asked).flatMap(([name, value]) => admitOne(name, value));
  return {
    ...Object.fromEntries(limits),
    result_overflow_mode: 'throw',
    timeout_overflow_mode: 'throw',
    ...Object.fromEntries(own),
    // Last, because nothing can be set after it.
    readonly: '1',
  };
}
