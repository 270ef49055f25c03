const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/**
 * Text for XML. Ids may hold U+FFFE and U+FFFF, which no XML document can, not even as references: they are written as
 * U+FFFD and the letter E or F, and U+FFFD itself twice, so that two ids that differ stay different. The statements of the
 * XML formats do the same.
 */
export function escapeXml(text: string): string {
  return text
    .replaceAll('\uFFFD', '\uFFFD\uFFFD')
    .replaceAll('\uFFFE', '\uFFFDE')
    .replaceAll('\uFFFF', '\uFFFDF')
    .replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
}
