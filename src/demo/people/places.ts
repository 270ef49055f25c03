/** Where the demo's people live. Weights are rough shares of an audience, not statistics. */
export type Place = {
  readonly countryCode: string;
  readonly region: string;
  readonly city: string;
  readonly timeZone: string;
  /** Standard time, good enough to let people sleep at night. */
  readonly utcOffsetHours: number;
  readonly language: string;
  readonly weight: number;
};

const row = (
  [countryCode, region, city]: [string, string, string],
  [timeZone, language]: [string, string],
  utcOffsetHours: number,
  weight: number,
): Place => ({ countryCode, region, city, timeZone, utcOffsetHours, language, weight });

export const places: readonly [Place, ...Place[]] = [
  row(['US', 'New York', 'New York'], ['America/New_York', 'en'], -5, 16),
  row(['US', 'California', 'Los Angeles'], ['America/Los_Angeles', 'en'], -8, 10),
  row(['BR', 'São Paulo', 'São Paulo'], ['America/Sao_Paulo', 'pt'], -3, 9),
  row(['IN', 'Maharashtra', 'Mumbai'], ['Asia/Kolkata', 'hi'], 5.5, 14),
  row(['NP', 'Bagmati', 'Kathmandu'], ['Asia/Kathmandu', 'ne'], 5.75, 2),
  row(['ID', 'Jakarta', 'Jakarta'], ['Asia/Jakarta', 'id'], 7, 8),
  row(['JP', 'Tokyo', 'Tokyo'], ['Asia/Tokyo', 'ja'], 9, 7),
  row(['DE', 'Berlin', 'Berlin'], ['Europe/Berlin', 'de'], 1, 6),
  row(['FR', 'Île-de-France', 'Paris'], ['Europe/Paris', 'fr'], 1, 5),
  row(['GB', 'England', 'London'], ['Europe/London', 'en'], 0, 6),
  row(['NG', 'Lagos', 'Lagos'], ['Africa/Lagos', 'en'], 1, 5),
  row(['EG', 'Cairo', 'القاهرة'], ['Africa/Cairo', 'ar'], 2, 4),
  row(['MX', 'CDMX', 'Ciudad de México'], ['America/Mexico_City', 'es'], -6, 5),
  row(['AU', 'South Australia', 'Adelaide'], ['Australia/Adelaide', 'en'], 9.5, 2),
  row(['NZ', 'Chatham Islands', 'Waitangi'], ['Pacific/Chatham', 'en'], 12.75, 1),
];
