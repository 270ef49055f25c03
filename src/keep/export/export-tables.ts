/** What can be taken out: the table or view it is read from, and which time of it `--from` and `--to` mean. */
export const exportTables = {
  events: { table: 'events', time: 'accepted_at' },
  posts: { table: 'post_contents', time: 'created_at' },
  shares: { table: 'shares', time: 'accepted_at' },
  lineage: { table: 'export_lineage', time: 'created_at' },
  cascades: { table: 'export_cascades', time: 'created_at' },
  'engagement-daily': { table: 'export_engagement_days', time: 'day' },
  'engagement-quarters': { table: 'export_engagement_quarters', time: 'quarter' },
} as const;

export type ExportTable = keyof typeof exportTables;

export const exportTableNames = [
  'events',
  'posts',
  'shares',
  'lineage',
  'cascades',
  'engagement-daily',
  'engagement-quarters',
] as const satisfies ExportTable[];
