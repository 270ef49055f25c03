import { readLifeCycleRoute, readPostEngagementRoute } from './posts/post-engagement-routes.ts';
import { listTrendingRoute } from './trending/trending-routes.ts';

/** Every route about how content was received. */
export const engagementRoutes = [readPostEngagementRoute, readLifeCycleRoute, listTrendingRoute];
