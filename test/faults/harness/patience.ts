/** For what the machine has to do; what the product promises in time is measured by itself, and has its own limits. */
export const patienceMs = 240_000;

/** How long one test may take in all. */
export const longTestMs = 900_000;
