import { listContentValuesRoute, readContentTrendRoute } from './content/content-routes.ts';
import { readCreatorAnalyticsRoute, readCreatorTiersRoute } from './creators/creator-routes.ts';
import {
  listDiscoveryPositionsRoute,
  listDiscoverySourcesRoute,
  measureDiversityRoute,
} from './discovery/discovery-routes.ts';
import { readCascadeEngagementRoute } from './posts/cascade-totals-routes.ts';
import { readLifeCycleRoute, readPostEngagementRoute } from './posts/post-engagement-routes.ts';
import { listModerationRoute } from './safety/safety-routes.ts';
import { listTrendingRoute } from './trending/trending-routes.ts';

/** Every route about how content was received. */
export const engagementRoutes = [
  readPostEngagementRoute,
  readLifeCycleRoute,
  readCascadeEngagementRoute,
  listTrendingRoute,
  readCreatorAnalyticsRoute,
  readCreatorTiersRoute,
  listContentValuesRoute,
  readContentTrendRoute,
  listDiscoverySourcesRoute,
  listDiscoveryPositionsRoute,
  measureDiversityRoute,
  listModerationRoute,
];
