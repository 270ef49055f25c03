/** Every route about how content was received. */
export const engagementRoutes = [] as const;
