import { freshServiceStores, type ServiceUnderTest, startService } from '../whole/start-service.ts';

/** A service of the fuzz's own, every answer held against its route inside as well. */
export async function startFuzzService(): Promise<ServiceUnderTest> {
  const { variables } = await freshServiceStores();
  return startService({ variables: { ...variables, CHECK_REPLIES: 'true', LOG_LEVEL: 'warn' } });
}
