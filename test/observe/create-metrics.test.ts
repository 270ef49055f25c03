import { createMetrics } from '../../src/observe/create-metrics.ts';

const lines = async (metrics: ReturnType<typeof createMetrics>) => (await metrics.expose()).text.split('\n');

test('every number that is told is shown', async () => {
  const metrics = createMetrics();
  metrics.sawRequest({ route: '/v1/x', method: 'GET', status: 200, durationMs: 20 });
  metrics.countEvents('accepted', 5);
  metrics.countEvents('accepted', 2);
  metrics.setLog({ entries: 10, oldestAgeMs: 1500, bytes: 2048 });
  metrics.setProjector({ projector: 'graph', partition: '0', lagEvents: 7, lagMs: 250 });
  metrics.sawBatch('facts', 400, 30);
  metrics.countStoreError('graph');
  metrics.setPool({ store: 'facts', inUse: 3, idle: 13 });
  metrics.sawAcceptStep('append', 4);
  metrics.setIntake({ isOpen: false, pressure: { log_full: 1.25, disk_full: 0.5 } });
  metrics.countShed('log_full');
  metrics.sawMeasuring({ measured: 12, unmeasured: 3 });
  metrics.countRejected({ eventName: 'post_view', code: 'wrong_type' }, 4);
  metrics.countQuality({ eventName: 'post_view', counter: 'lateOver1Day' }, 2);
  metrics.sawRecall('hit');
  metrics.sawKeep({ bytes: 500, evicted: 2 });
  expect(await lines(metrics)).toEqual(
    expect.arrayContaining([
      'sharetrail_rejected_items_total{event_name="post_view",code="wrong_type"} 4',
      'sharetrail_doubtful_times_total{event_name="post_view",kind="lateOver1Day"} 2',
      'sharetrail_remembered_answers_total{outcome="hit"} 1',
      'sharetrail_remembered_bytes 500',
      'sharetrail_remembered_evictions_total 2',
      'sharetrail_accept_step_duration_seconds_bucket{le="0.005",step="append"} 1',
      'sharetrail_intake_open 0',
      'sharetrail_cascades_measured_total 12',
      'sharetrail_cascades_unmeasured 3',
      'sharetrail_intake_pressure_ratio{reason="log_full"} 1.25',
      'sharetrail_intake_shed_total{reason="log_full"} 1',
      'sharetrail_http_requests_total{route="/v1/x",method="GET",status="200"} 1',
      'sharetrail_http_request_duration_seconds_bucket{le="0.025",route="/v1/x",method="GET"} 1',
      'sharetrail_events_total{outcome="accepted"} 7',
      'sharetrail_log_entries 10',
      'sharetrail_log_oldest_age_seconds 1.5',
      'sharetrail_log_bytes 2048',
      'sharetrail_projector_lag_events{projector="graph",partition="0"} 7',
      'sharetrail_projector_lag_seconds{projector="graph",partition="0"} 0.25',
      'sharetrail_projector_batch_items_bucket{le="500",projector="facts"} 1',
      'sharetrail_store_errors_total{store="graph"} 1',
      'sharetrail_store_pool_connections{store="facts",state="in_use"} 3',
      'sharetrail_store_pool_connections{store="facts",state="idle"} 13',
    ]),
  );
});

test('numbers are refreshed before a scrape, and one that fails or hangs does not fail the scrape', async () => {
  const metrics = createMetrics({ refreshTimeoutMs: 50 });
  metrics.beforeScrape(async () => metrics.setLog({ entries: 42, oldestAgeMs: 0 }));
  metrics.beforeScrape(() => {
    throw new Error('not now');
  });
  metrics.beforeScrape(() => new Promise(() => undefined));
  expect(await lines(metrics)).toContain('sharetrail_log_entries 42');
});

test('two registries do not share their numbers', async () => {
  const one = createMetrics();
  const other = createMetrics();
  one.countEvents('rejected', 1);
  expect((await lines(other)).join()).not.toContain('outcome="rejected"');
});
