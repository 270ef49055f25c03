const longestName = 100;

/**
 * A Content-Disposition that saves the export under the cascade's name (RFC 6266): plain ASCII for all, and the true
 * name in UTF-8 (RFC 5987), both without what means something in a path.
 */
export function nameFile(rootPostId: string, extension: string): string {
  const characters = Array.from(rootPostId.replaceAll(/[/\\:*?"<>|\s]/g, '_'))
    .slice(0, longestName)
    .join('');
  const plain = characters.replaceAll(/[^A-Za-z0-9._-]/g, '_');
  const encoded = encodeURIComponent(`cascade-${characters}.${extension}`).replaceAll(/['()*!]/g, percentEncoded);
  return `attachment; filename="cascade-${plain}.${extension}"; filename*=UTF-8''${encoded}`;
}

/** encodeURIComponent leaves these alone, but they are no attr-char. */
function percentEncoded(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
