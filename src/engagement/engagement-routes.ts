import {
  listDiscoveryPositionsRoute,
  listDiscoverySourcesRoute,
  measureDiversityRoute,
} from './discovery/discovery-routes.ts';
import { listModerationRoute } from './safety/safety-routes.ts';

/** Every route about how content was received. */
export const engagementRoutes = [
  listDiscoverySourcesRoute,
  listDiscoveryPositionsRoute,
  measureDiversityRoute,
  listModerationRoute,
];
