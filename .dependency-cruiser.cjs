// The arrows between folders, as ARCHITECTURE.md draws them.
const tools = '^src/(graph|facts|log|jobs|http|query|observe)/';
const features = '^src/(ingest|project|cascade|engagement|reconcile|ledger|verify|replay|keep|demo)/';

module.exports = {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'event-stands-alone',
      comment: 'The vocabulary is zod and pure functions; everyone may read it, it reads nobody.',
      severity: 'error',
      from: { path: '^src/event/' },
      to: { pathNot: ['^src/event/', '^node_modules/zod/', '^(node:)?(buffer|zlib|crypto)$'] },
    },
    {
      name: 'tools-know-no-features',
      severity: 'error',
      from: { path: tools },
      to: { path: '^src/', pathNot: ['^src/(event|query|observe)/', '^src/$1/'] },
    },
    {
      name: 'features-do-not-meet',
      comment:
        'Features reach each other only as narrow dependencies handed over by compose.ts; project may name a job of reconcile.',
      severity: 'error',
      from: {
        path: '^src/(ingest|project|cascade|engagement|reconcile|ledger|verify|replay|keep|demo)/',
        pathNot: '^src/project/[^/]*-job\\.ts$',
      },
      to: { path: features, pathNot: '^src/$1/' },
    },
    {
      name: 'only-routes-speak-http',
      severity: 'error',
      // Routes, and the files that say in HTTP's words why there is no answer.
      from: { path: features, pathNot: '-(routes|problems)\\.ts$' },
      to: { path: '^src/http/' },
    },
    {
      name: 'drivers-stay-in-their-tools',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(graph|facts|log|jobs|local)/' },
      to: { path: '^node_modules/(neo4j-driver|@clickhouse/client|ioredis|bullmq|chdb)/' },
    },
    {
      name: 'local-is-for-main',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(local/|main\\.ts|command/)' },
      to: { path: '^src/local/' },
    },
    {
      name: 'only-composition-connects',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(main|compose)\\.ts$|^src/command/' },
      to: { path: '^src/(main|compose|config)\\.ts$', pathNot: '^src/config\\.ts$' },
    },
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default'] },
  },
};
