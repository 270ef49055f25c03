import { listContentValuesRoute, readContentTrendRoute } from './content/content-routes.ts';

/** Every route about how content was received. */
export const engagementRoutes = [listContentValuesRoute, readContentTrendRoute] as const;
