import { readCreatorAnalyticsRoute, readCreatorTiersRoute } from './creators/creator-routes.ts';

/** Every route about how content was received. */
export const engagementRoutes = [readCreatorAnalyticsRoute, readCreatorTiersRoute] as const;
