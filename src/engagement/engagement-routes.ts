import { readLifeCycleRoute, readPostEngagementRoute } from './posts/post-engagement-routes.ts';

/** Every route about how content was received. */
export const engagementRoutes = [readPostEngagementRoute, readLifeCycleRoute];
