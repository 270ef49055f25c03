import { type ExportFormat, exportFormatNames, exportFormats } from './formats.ts';

type MediaRange = { type: string; quality: number };
type Choice = { format: ExportFormat; quality: number; exactness: number; place: number };

/**
 * What an Accept header prefers (RFC 9110, 12.5.1), null where it takes none of our formats: the highest q, then the
 * type that was named more exactly, then the one named first, then our own order.
 */
export function chooseFormat(accept: string | undefined): ExportFormat | null {
  const ranges = readRanges(accept ?? '');
  if (ranges.length === 0) return 'json';
  const choices = exportFormatNames.map((format) => weigh(format, ranges)).filter(({ quality }) => quality > 0);
  const [best] = choices.sort((a, b) => b.quality - a.quality || b.exactness - a.exactness || a.place - b.place);
  return best?.format ?? null;
}

function readRanges(accept: string): MediaRange[] {
  const items = accept.split(',').map((item) => item.split(';').map((part) => part.trim().toLowerCase()));
  return items.flatMap(([type = '', ...parameters]) =>
    type === '' ? [] : [{ type, quality: readQuality(parameters) }],
  );
}

function readQuality(parameters: readonly string[]): number {
  const given = parameters.find((parameter) => parameter.startsWith('q='));
  if (given === undefined) return 1;
  const quality = Number(given.slice(2));
  return given !== 'q=' && quality >= 0 && quality <= 1 ? quality : 0;
}

/** The most exact range that covers a format decides about it, so that "text/csv;q=0, text/*" leaves CSV out. */
function weigh(format: ExportFormat, ranges: readonly MediaRange[]): Choice {
  const type: string = exportFormats[format];
  const [family = ''] = type.split('/');
  const choice = { format, quality: 0, exactness: 0, place: ranges.length };
  for (const [place, range] of ranges.entries()) {
    const exactness = ['*/*', `${family}/*`, type].indexOf(range.type) + 1;
    if (exactness > choice.exactness) Object.assign(choice, { quality: range.quality, exactness, place });
  }
  return choice;
}
